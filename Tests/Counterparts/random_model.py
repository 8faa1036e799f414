"""Writes a Llama-shaped model with random weights as GGUF, for servers that tests start.

    python random_model.py OUT.gguf [--hidden 256] [--layers 4] [--context 8192] [--any-byte]

What such a model says means nothing, but it costs what a model of that shape costs. Tokens are
the 256 bytes, pairs of letters, and a space with a letter. Greedy answers are ASCII and never end
by themselves; with --any-byte they are any bytes, mostly no valid UTF-8.
"""

import argparse
import string

import gguf
import numpy as np


def byte_letters():
    """The letters that byte-level vocabularies write bytes with: printable ones as they are."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    letters = {byte: chr(byte) for byte in plain}
    letters.update({byte: chr(256 + place) for place, byte in enumerate(others)})
    return letters


def vocabulary():
    """Tokens, merges, and which tokens are ASCII text."""
    letters = byte_letters()
    tokens = ["<s>", "</s>", "<pad>", "<|user|>", "<|assistant|>"]
    speakable = [False] * len(tokens)
    for byte in range(256):
        tokens.append(letters[byte])
        speakable.append(32 <= byte < 127)
    space = letters[32]
    firsts = space + string.ascii_lowercase
    pairs = [(first, second) for first in firsts for second in string.ascii_lowercase]
    tokens += [first + second for first, second in pairs]
    speakable += [True] * len(pairs)
    return tokens, [f"{first} {second}" for first, second in pairs], speakable


def write(out, hidden, layers, context, any_byte):
    tokens, merges, speakable = vocabulary()
    heads, inner = hidden // 64, hidden * 3
    kv_heads = max(1, heads // 2)
    writer = gguf.GGUFWriter(out, "llama")
    writer.add_name("random")
    writer.add_context_length(context)
    writer.add_embedding_length(hidden)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(inner)
    writer.add_head_count(heads)
    writer.add_head_count_kv(kv_heads)
    writer.add_key_length(64)
    writer.add_value_length(64)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(10000.0)
    writer.add_rope_dimension_count(64)
    writer.add_vocab_size(len(tokens))
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    kinds = [gguf.TokenType.CONTROL] * 5 + [gguf.TokenType.NORMAL] * (len(tokens) - 5)
    writer.add_token_types([int(kind) for kind in kinds])
    writer.add_token_merges(merges)
    writer.add_bos_token_id(0)
    writer.add_eos_token_id(1)
    writer.add_pad_token_id(2)
    writer.add_add_bos_token(False)
    writer.add_chat_template(
        "{% for m in messages %}<|user|>{{ m['content'] }}{% endfor %}<|assistant|>")
    random = np.random.default_rng(0)

    def matrix(*shape):
        return (random.standard_normal(shape, dtype=np.float32) * 0.02).astype(np.float16)

    output = matrix(len(tokens), hidden)
    if not any_byte:
        # Their logits are 0, and among hundreds of others some are above.
        output[~np.array(speakable)] = 0
    writer.add_tensor("token_embd.weight", matrix(len(tokens), hidden))
    writer.add_tensor("output_norm.weight", np.ones(hidden, np.float32))
    writer.add_tensor("output.weight", output)
    for layer in range(layers):
        name = f"blk.{layer}."
        writer.add_tensor(name + "attn_norm.weight", np.ones(hidden, np.float32))
        writer.add_tensor(name + "ffn_norm.weight", np.ones(hidden, np.float32))
        writer.add_tensor(name + "attn_q.weight", matrix(heads * 64, hidden))
        writer.add_tensor(name + "attn_k.weight", matrix(kv_heads * 64, hidden))
        writer.add_tensor(name + "attn_v.weight", matrix(kv_heads * 64, hidden))
        writer.add_tensor(name + "attn_output.weight", matrix(hidden, heads * 64))
        writer.add_tensor(name + "ffn_gate.weight", matrix(inner, hidden))
        writer.add_tensor(name + "ffn_up.weight", matrix(inner, hidden))
        writer.add_tensor(name + "ffn_down.weight", matrix(hidden, inner))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--hidden", type=int, default=256)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--context", type=int, default=8192)
    parser.add_argument("--any-byte", action="store_true")
    options = parser.parse_args()
    write(options.out, options.hidden, options.layers, options.context, options.any_byte)
