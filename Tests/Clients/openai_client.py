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
schema = {
    "type": "object",
    "properties": {
        "city": {"type": "string", "minLength": 3},
        "days": {"type": "integer", "minimum": 1, "maximum": 5},
        "unit": {"enum": ["C", "F"]},
    },
    "required": ["city", "days", "unit"],
    "additionalProperties": False,
}


def satisfies(text):
    value = json.loads(text)
    return (
        sorted(value) == ["city", "days", "unit"]
        and len(value["city"]) >= 3
        and 1 <= value["days"] <= 5
        and value["unit"] in ("C", "F")
    )


tools = [{"type": "function", "function": {"name": "weather", "parameters": schema}}]
answer = client.chat.completions.create(
    model=model, messages=messages, tools=tools, tool_choice="required"
)
call = answer.choices[0].message.tool_calls[0]
seen["tool"] = [
    answer.choices[0].finish_reason,
    call.function.name,
    satisfies(call.function.arguments),
]
name, arguments = "", ""
for chunk in client.chat.completions.create(
    model=model, messages=messages, tools=tools, stream=True
):
    for part in chunk.choices[0].delta.tool_calls or []:
        name += part.function.name or ""
        arguments += part.function.arguments or ""
seen["streamed tool"] = [name, satisfies(arguments)]
turn = messages + [
    answer.choices[0].message,
    {"role": "tool", "tool_call_id": call.id, "content": "rain"},
]
answer = client.chat.completions.create(model=model, messages=turn, tools=tools)
seen["after the tool"] = [answer.choices[0].message.tool_calls, bool(answer.choices[0].message.content)]

answer = client.chat.completions.create(
    model=model,
    messages=messages,
    response_format={"type": "json_schema", "json_schema": {"name": "w", "schema": schema}},
)
seen["schema"] = satisfies(answer.choices[0].message.content)
answer = client.chat.completions.create(
    model=model,
    messages=messages,
    max_completion_tokens=6,
    n=2,
    logprobs=True,
    top_logprobs=3,
    extra_body={"ignore_eos": True},
)
seen["logprobs"] = [
    len(answer.choices),
    ["".join(t.token for t in c.logprobs.content) == c.message.content for c in answer.choices],
    [len(t.top_logprobs) for t in answer.choices[0].logprobs.content],
    answer.usage.completion_tokens,
]
text = answer.choices[0].message.content
answer = client.chat.completions.create(
    model=model,
    messages=messages,
    max_completion_tokens=6,
    stop=[text[9:11]],
    extra_body={"ignore_eos": True},
)
seen["stop"] = [answer.choices[0].message.content == text[:9], answer.choices[0].finish_reason]
answer = client.completions.create(model=model, prompt=["ab", "cd"], n=2, max_tokens=3, logprobs=1)
seen["several"] = [[c.index for c in answer.choices], len(answer.choices[3].logprobs.tokens) > 0]

answer = client.responses.create(model=model, input="Hello", max_output_tokens=5)
seen["response"] = [answer.output[0].type, answer.usage.output_tokens <= 5]
flat = [{"type": "function", "name": "weather", "parameters": schema}]
answer = client.responses.create(model=model, input="Hello", tools=flat, tool_choice="required")
seen["response tool"] = [answer.output[0].type, satisfies(answer.output[0].arguments)]
with client.responses.stream(model=model, input="Hello", max_output_tokens=5) as stream:
    parts = [event.delta for event in stream if event.type == "response.output_text.delta"]
    seen["response stream"] = "".join(parts) == stream.get_final_response().output_text
try:
    client.chat.completions.create(model=model, messages=messages, logit_bias={"5": -100})
except openai.BadRequestError as error:
    seen["refused"] = [error.status_code, error.param]
print(json.dumps(seen))
