"""Has vLLM's V1 scheduler write down its decisions, for `kavier conformance`.

    PYTHONPATH=Examples/conformance KAVIER_STEP_LOG=log \
        vllm serve MODEL --scheduler-cls kavier_step_log.StepLog

One run a start of the server. Docs/Checking.md has the rest.
"""

import json
import os
import time
from pathlib import Path

from vllm.v1.core.sched.scheduler import Scheduler


class StepLog(Scheduler):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        folder = Path(os.environ["KAVIER_STEP_LOG"])
        folder.mkdir(parents=True, exist_ok=True)
        self.start = time.monotonic()
        self.numbers = {}  # of all requests, by their ids
        self.underway = {}  # id -> (request, when it came)
        self.blocks = {}  # hash of a block and all text before it -> its number
        (folder / "runs.csv").write_text("run,server\nrun,server\n")
        (folder / "servers.yaml").write_text(json.dumps({"server": self.settings()}) + "\n")
        self.steps = open(folder / "steps_composition.jsonl", "w", buffering=1)
        self.requests_csv = open(folder / "requests.csv", "w", buffering=1)
        self.requests_csv.write(
            "run,i,prompt_tokens,completion_tokens,engine_arrival,priority,block_ids\n"
        )

    def settings(self):
        scheduler = self.scheduler_config
        return {
            "max_num_seqs": scheduler.max_num_seqs,
            "max_num_batched_tokens": scheduler.max_num_batched_tokens,
            "max_model_len": self.max_model_len,
            "block_size": self.cache_config.block_size,
            "num_gpu_blocks": self.kv_cache_config.num_blocks,
            "enable_prefix_caching": bool(self.cache_config.enable_prefix_caching),
            "scheduling_policy": scheduler.policy,
        }

    def now(self):
        return round(time.monotonic() - self.start, 9)

    def add_request(self, request):
        self.numbers[request.request_id] = len(self.numbers)
        self.underway[request.request_id] = (request, self.now())
        return super().add_request(request)

    def schedule(self, *args, **kwargs):
        begun = self.now()
        step = super().schedule(*args, **kwargs)
        if step.total_num_scheduled_tokens:
            cached = step.scheduled_cached_reqs
            computed = dict(zip(cached.req_ids, cached.num_computed_tokens))
            computed.update((new.req_id, new.num_computed_tokens) for new in step.scheduled_new_reqs)
            seqs = [
                (self.numbers[id], tokens, computed[id])
                for id, tokens in step.num_scheduled_tokens.items()
            ]
            preempted = [self.numbers[id] for id in step.preempted_req_ids or ()]
            line = {"run": "run", "t0": begun, "seqs": seqs, "preempted": preempted}
            self.steps.write(json.dumps(line) + "\n")
        return step

    def update_from_output(self, *args, **kwargs):
        result = super().update_from_output(*args, **kwargs)
        for id, (request, came) in list(self.underway.items()):
            if request.is_finished():
                self.write_request(self.numbers[id], request, came)
                del self.underway[id]
        return result

    def write_request(self, number, request, came):
        blocks = [self.blocks.setdefault(h, len(self.blocks)) for h in request.block_hashes]
        lengths = (request.num_prompt_tokens, request.num_output_tokens)
        row = ["run", number, *lengths, came, request.priority, f'"{blocks}"']
        self.requests_csv.write(",".join(map(str, row)) + "\n")
