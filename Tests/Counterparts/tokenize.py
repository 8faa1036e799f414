"""Trains small tokenizers of the kinds that models have, and says how Hugging Face's tokenizers cuts texts:
tokenize.py FOLDER writes KIND.json for each, and prints {"kind": [{"text": ..., "ids": [...]}]}."""

import json
import random
import sys

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers
from tokenizers import pre_tokenizers, processors, trainers

WORDS = (
    "the sea and ships of men who sail it; hello world, it's we'll they've 12345 3.14 don't "
    "naïve café straße Ünïcode привет мир 中文字符 日本語 emoji 😀👍🏽 tabs\tand\nlines\r\n\n  spaces   "
    "func(x) { return x+1; } // code <tags/> a_b-c CamelCase UPPER lower ١٢٣ ½ “quotes” …"
).split(" ")
SPLITS = {
    "llama3": r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    "qwen": r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    "o200k": r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
}
SPECIAL = ["<|begin|>", "<|end|>"]


def texts(seed, count):
    draw = random.Random(seed)
    for _ in range(count):
        words = [draw.choice(WORDS) for _ in range(draw.randrange(1, 30))]
        text = draw.choice([" ", " ", "  ", ""]).join(words)
        if draw.random() < 0.2:
            place = draw.randrange(len(text) + 1)
            text = text[:place] + draw.choice(SPECIAL) + text[place:]
        yield text


def bytes_level(split=None, ignore_merges=False, nfc=False, prefix=False):
    tokenizer = Tokenizer(models.BPE(ignore_merges=ignore_merges))
    if split:
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [
                pre_tokenizers.Split(Regex(split), "isolated"),
                pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
            ]
        )
    else:
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=prefix)
    if nfc:
        tokenizer.normalizer = normalizers.NFC()
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=900,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        special_tokens=SPECIAL,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts(1, 400), trainer)
    return tokenizer


def characters(metaspace=False):
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    if metaspace:
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first", split=False)
    else:
        tokenizer.normalizer = normalizers.Sequence(
            [normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]
        )
    fallback = [f"<0x{byte:02X}>" for byte in range(256)]
    trainer = trainers.BpeTrainer(
        vocab_size=900,
        special_tokens=["<unk>", *SPECIAL, *fallback],
        limit_alphabet=60,
        max_token_length=12,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts(1, 400), trainer)
    # Tokens of single bytes are part of the vocabulary, and no text means them.
    saved = json.loads(tokenizer.to_str())
    saved["added_tokens"] = [t for t in saved["added_tokens"] if not t["content"].startswith("<0x")]
    return Tokenizer.from_str(json.dumps(saved))


kinds = {
    "gpt2": bytes_level(),
    "prefix": bytes_level(prefix=True),
    "llama3": bytes_level(SPLITS["llama3"], ignore_merges=True),
    "qwen": bytes_level(SPLITS["qwen"], nfc=True),
    "o200k": bytes_level(SPLITS["o200k"]),
    "llama2": characters(),
    "metaspace": characters(metaspace=True),
}
kinds["llama3"].post_processor = processors.TemplateProcessing(
    single="<|begin|> $A", special_tokens=[("<|begin|>", 0)]
)
result = {}
for kind, tokenizer in kinds.items():
    tokenizer.save(f"{sys.argv[1]}/{kind}.json")
    result[kind] = [
        {"text": text, "ids": tokenizer.encode(text, add_special_tokens=False).ids}
        for text in texts(2, 150)
    ]
print(json.dumps(result))
