"""Asks an endpoint what the openai client can ask: openai_client.py URL MODEL. Says what came, as JSON."""

import json
import sys

import openai

url, model = sys.argv[1:]
client = openai.OpenAI(base_url=url + "/v1", api_key="none", max_retries=0, timeout=30)
seen = {"models": [entry.id for entry in client.models.list()]}

answer = client.completions.create(
    model=model, prompt=[1, 2, 3, 4], max_tokens=7, extra_body={"ignore_eos": True}
)
seen["completion"] = [
    answer.usage.prompt_tokens,
    answer.usage.completion_tokens,
    answer.choices[0].finish_reason,
]
messages = [{"role": "user", "content": "Tell me of the sea, of ships, and of the men on them."}]
answer = client.chat.completions.create(
    model=model, messages=messages, max_completion_tokens=9, extra_body={"ignore_eos": True}
)
seen["chat"] = [answer.choices[0].message.role, answer.usage.completion_tokens]
text = answer.choices[0].message.content

parts, usage = [], None
for chunk in client.chat.completions.create(
    model=model,
    messages=messages,
    max_completion_tokens=9,
    stream=True,
    stream_options={"include_usage": True},
    extra_body={"ignore_eos": True},
):
    usage = chunk.usage or usage
    parts += [choice.delta.content or "" for choice in chunk.choices]
seen["stream"] = [
    "".join(parts) == text,
    usage.completion_tokens,
    usage.prompt_tokens_details.cached_tokens > 0,
]
try:
    client.completions.create(model="another", prompt="x")
except openai.NotFoundError as error:
    seen["unknown model"] = error.status_code
try:
    client.completions.create(model=model, prompt="x", n=2)
except openai.BadRequestError as error:
    seen["two answers"] = [error.status_code, error.param]
print(json.dumps(seen))
