/// The scenario that runs when no file is named: `Examples/01-first-run.yaml`, word for word.
package enum BuiltInScenario {
  package static let text = """
    # Does one 4-GPU replica of a 70 B model keep an interactive chat service within its objectives?
    #
    # The requests are drawn to resemble the conversation trace that Azure published in 2023: its
    # prompt and answer lengths, and its nearly Poisson arrivals at 5.5 a second.

    name: first run

    workload:
      synthetic:
        requests: 5000
        arrivals: {process: poisson, rate: 5.5 /s}
        prompt_tokens: {distribution: quantiles, table: azure2023-conv}
        output_tokens: {distribution: quantiles, table: azure2023-conv}

    fleet:
      model: llama-3.1-70b
      accelerator: h100-sxm
      engine:
        tensor_parallel_size: 4

    slo:
      ttft: 1 s      # to the first token
      tpot: 50 ms    # between later tokens, on average

    """
}
