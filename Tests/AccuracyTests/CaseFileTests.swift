import Accuracy
import Testing
import TextAndBytes

struct CaseFileTests {
  private let header =
    "case_id,family,gpu,n_gpu,model,precision,engine,tp,concurrency,isl_mean,osl_mean,metric,value"

  @Test func `rows of one case need not stand together`() throws {
    let (cases, problems) = try read([
      header,
      "a,closed_loop,H100,8.0,Llama-3.1-8B,bf16,vllm,1.0,4,921.6,100,ttft_median,30.5",
      "b,static_batch,H100,1,Llama-3.1-8B,bf16,vllm,1,4,100,100,e2e_batch,900",
      "a,closed_loop,H100,8.0,Llama-3.1-8B,bf16,vllm,1.0,4,921.6,100,tpot_median,8",
    ])
    #expect(problems == [])
    #expect(cases.cases.map(\.id) == ["a", "b"])
    #expect(cases.rows.map(\.caseIndex) == [0, 1, 0])
    #expect(cases.rows.map(\.value) == [30.5, 900, 8])
    let first = cases.cases[0]
    #expect(first.line == 2 && first.accelerators == 8 && first.parallelism.tensor == 1)
    #expect(first.prompt.mean == 921.6 && first.huggingFaceID == nil && first.requests == nil)
    guard case .clients(4) = first.load else { return #expect(Bool(false), "\(first.load)") }
    guard case .batch(4) = cases.cases[1].load else { return #expect(Bool(false)) }
  }

  @Test(arguments: ["8", "8.0", "8e0", "8.000000000000000000e+00", " 8", "\" 8.0\""])
  func `a whole number is one in every spelling`(eight: String) throws {
    let (cases, problems) = try read([
      header + ",pp,dp,ep,moe_tp,max_num_batched_tokens,max_num_seqs,num_gpu_blocks,n_rep",
      "a,closed_loop,H100,\(eight),L,bf16,vllm,\(eight),\(eight),9,9,tpot_mean,5"
        + String(repeating: ",\(eight)", count: 8),
      // Another tool's spelling is no other case.
      "a,closed_loop,H100,8,L,bf16,vllm,8.0,8,9.0,9,ttft_mean,5"
        + String(repeating: ",8e0", count: 8),
    ])
    #expect(problems == [])
    let one = cases.cases[0]
    #expect(cases.cases.count == 1 && cases.rows.map(\.caseIndex) == [0, 0])
    #expect(
      one.parallelism
        == StatedParallelism(tensor: 8, pipeline: 8, data: 8, moeTensor: 8, expert: 8))
    #expect(one.accelerators == 8 && one.maxNumSeqs == 8 && one.maxNumBatchedTokens == 8)
    #expect(one.numGPUBlocks == 8 && one.requests == 8)
    guard case .clients(8) = one.load else { return #expect(Bool(false), "\(one.load)") }
  }

  @Test(arguments: ["", "nan", "NaN", "NA", "<NA>", "None", "null", "\"\""])
  func `a gap is one in every spelling`(gap: String) throws {
    let (cases, problems) = try read([
      header + ",ep,n_rep,precision_known,tier,mine",
      "a,closed_loop,H100,8,L,bf16,vllm,\(gap),4,9,9,tpot_mean,5"
        + String(repeating: ",\(gap)", count: 5),
    ])
    #expect(problems == [])
    let one = cases.cases[0]
    #expect(one.parallelism == StatedParallelism() && one.requests == nil && one.isPrecisionKnown)
    #expect(cases.rows[0].keys["tier"] == nil)
    // What the word means in a column of one's own, nobody else knows.
    #expect(cases.rows[0].keys["mine"] == (gap.contains("\"") || gap.isEmpty ? nil : gap))
    let (needed, told) = try read([
      header, "a,closed_loop,H100,\(gap),L,bf16,vllm,1,4,9,9,tpot_mean,\(gap)",
    ])
    #expect(
      told == [
        "cases.csv:2: value: has no value; every row needs one",
        "cases.csv:2: n_gpu: has no value; every case needs one",
      ])
    #expect(needed.cases.isEmpty)
  }

  @Test func `degrees of 0 share nothing, and flags have words`() throws {
    let (cases, problems) = try read([
      header + ",pp,dp,ep,moe_tp,prefix_cached",
      "a,closed_loop,H100,1,L,bf16,vllm,0,4,9,9,tpot_mean,5,0,0.0,0,0,True",
      "a,closed_loop,H100,1.0,L,bf16,vllm,0,4,9,9,ttft_mean,5,0,0,0,0,1.0",
    ])
    #expect(problems == [])
    #expect(
      cases.cases[0].parallelism
        == StatedParallelism(tensor: 1, pipeline: 1, data: 1, moeTensor: 0, expert: 1))
    #expect(cases.cases[0].isPrefixCached && cases.rows.map(\.caseIndex) == [0, 0])
  }

  @Test func `all wrong whole numbers of a row are told at once`() throws {
    let (_, problems) = try read([
      header + ",ep,max_num_seqs,n_rep",
      "a,closed_loop,H100,8.5,L,bf16,vllm,-1,inf,9,9,m,1,100001,0,0x8",
    ])
    #expect(
      problems == [
        #"cases.csv:2: n_gpu: found "8.5"; allowed are whole numbers from 1 to 1000000"#,
        #"cases.csv:2: concurrency: found "inf"; allowed are whole numbers from 1 to 1000000"#,
        #"cases.csv:2: tp: found "-1"; allowed are whole numbers from 0 to 100000"#,
        #"cases.csv:2: ep: found "100001"; allowed are whole numbers from 0 to 100000"#,
        #"cases.csv:2: max_num_seqs: found "0"; allowed are whole numbers from 1 to 1000000"#,
        #"cases.csv:2: n_rep: found "0x8"; allowed are whole numbers from 1 to 1000000"#,
      ])
  }

  @Test func `a column that is missing is named`() throws {
    let (cases, problems) = try read(["case_id,family,gpus", "a,closed_loop,H100"])
    #expect(cases.rows.isEmpty)
    #expect(
      problems == [
        "cases.csv:1: no column gpu, n_gpu, model, precision, engine, metric, value; "
          + "did you mean gpu by \"gpus\"?; "
          + "found are case_id, family, gpus; a case file needs "
          + "case_id, family, gpu, n_gpu, model, precision, engine, metric, value"
      ])
  }

  @Test(arguments: [
    (
      "closed_loop,H100,x,L,bf16,vllm,1,4,9,9,m,1",
      "n_gpu: found \"x\"; allowed are whole numbers from 1 to 1000000"
    ),
    ("closed_loop,H100,,L,bf16,vllm,1,4,9,9,m,1", "n_gpu: has no value; every case needs one"),
    ("closed_loop,,1,L,bf16,vllm,1,4,9,9,m,1", "gpu: has no value; one is needed"),
    (
      "closed_loop,H100,1,L,bf16,vllm,0.5,4,9,9,m,1",
      "tp: found \"0.5\"; allowed are whole numbers from 0 to 100000"
    ),
    (
      "closed_loop,H100,1,L,bf16,vllm,1,,9,9,m,1",
      "concurrency: has no value; load concurrency needs one"
    ),
    (
      "static_batch,H100,1,L,bf16,vllm,1,,9,9,m,1",
      "concurrency: has no value; load static needs one"
    ),
    ("open_loop,H100,1,L,bf16,vllm,1,,9,9,m,1", "rate_rps: has no value; load rate needs one"),
    (
      "mine,H100,1,L,bf16,vllm,1,4,9,9,m,1",
      "load: found \"\"; allowed are concurrency, inf, max_num_seqs, rate and static"
    ),
    (
      "closed_loop,H100,1,L,bf16,vllm,1,4,-9,9,m,1",
      "isl_mean: found \"-9\"; allowed are numbers above 0, up to 100000000"
    ),
    (
      "closed_loop,H100,1,L,bf16,vllm,1,4,,9,m,1",
      "isl_mean: has no value, nor has isl; one of them is needed"
    ),
    (
      "closed_loop,H100,1,L,bf16,vllm,1,4,9,,m,1",
      "osl_mean: has no value, nor has osl; one of them is needed"
    ),
    (
      "closed_loop,H100,1,L,bf16,vllm,1,4,9,9,m,0",
      "value: found \"0\"; allowed are numbers above 0, up to 1000000000000"
    ),
    (
      "closed_loop,H100,1,L,bf16,vllm,1,4,9,9,m,inf",
      "value: found \"inf\"; allowed are numbers above 0, up to 1000000000000"
    ),
    ("closed_loop,H100,1,L,bf16,vllm,1,4,9,9,,1", "metric: has no value; one is needed"),
  ])
  func `what is wrong with a row is told with its line`(row: String, problem: String) throws {
    let (cases, problems) = try read([header, "a,\(row)"])
    #expect(problems == ["cases.csv:2: \(problem)"])
    #expect(cases.rows.count == 1)
    #expect(cases.rows[0].problem == problem && cases.rows[0].caseIndex == nil)
  }

  @Test func `a wrong figure spoils its row, not its case`() throws {
    let (cases, problems) = try read([
      header, "a,closed_loop,H100,1,L,bf16,vllm,1,4,9,9,ttft_mean,?",
      "a,closed_loop,H100,1,L,bf16,vllm,1,4,9,9,tpot_mean,5",
    ])
    #expect(
      problems == [
        "cases.csv:2: value: found \"?\"; allowed are numbers above 0, up to 1000000000000"
      ])
    #expect(cases.rows.map(\.caseIndex) == [nil, 0])
  }

  @Test func `a wrong set-up spoils all rows of its case`() throws {
    let (cases, problems) = try read([
      header, "a,closed_loop,H100,0,L,bf16,vllm,1,4,9,9,ttft_mean,5",
      "a,closed_loop,H100,0,L,bf16,vllm,1,4,9,9,tpot_mean,5",
    ])
    #expect(problems.count == 1)
    #expect(cases.rows.map(\.problem)[1] == "the case's first row is wrong")
  }

  @Test func `rows that contradict their case are refused`() throws {
    let (cases, problems) = try read([
      header, "a,closed_loop,H100,1,L,bf16,vllm,1,4,9,9,ttft_mean,5",
      "a,closed_loop,H200,1,L,bf16,vllm,2,4,9,9,tpot_mean,5",
      "a,closed_loop,H100,1,L,bf16,vllm,1,4,9,9,e2e_mean,5",
    ])
    #expect(
      problems == [
        "cases.csv:3: gpu: found \"H200\"; line 2 of the same case_id has \"H100\"",
        "cases.csv:3: tp: found \"2\"; line 2 of the same case_id has \"1\"",
      ])
    #expect(cases.rows.map(\.caseIndex) == [0, nil, 0])
  }

  @Test func `a record that cannot be split is told`() throws {
    let (cases, problems) = try read([header, "a,b"])
    #expect(problems == ["cases.csv:2: found 2 fields, the header names 13"])
    #expect(cases.rows.isEmpty)
  }

  @Test func `columns that nobody knows become keys`() throws {
    let (cases, _) = try read([
      header + ",holdout_kind,exp_id",
      "a,closed_loop,H100,1,L,bf16,vllm,1,4,9,9,ttft_mean,5,new model,e7",
    ])
    #expect(cases.extraColumns == ["holdout_kind"])
    #expect(cases.rows[0].keys["holdout_kind"] == "new model")
    #expect(cases.rows[0].keys["gpu"] == "H100")
  }

  @Test(arguments: [
    ("rate", "inf"), ("inf", ""),
  ])
  func `an infinite rate is everything at once`(load: String, rate: String) throws {
    let (cases, problems) = try read([
      header + ",load,rate_rps",
      "a,open_loop,H100,1,L,bf16,vllm,1,,9,9,ttft_mean,5,\(load),\(rate)",
    ])
    #expect(problems == [])
    guard case .atOnce = cases.cases[0].load else { return #expect(Bool(false)) }
  }

  @Test func `a path that leads nowhere is told, the others are read`() throws {
    let scratch = try Scratch()
    let good = try scratch.file(
      "good.csv",
      header + "\na,closed_loop,H100,1,L,bf16,vllm,1,4,9,9,ttft_mean,5\n")
    _ = try scratch.file("other.csv", "x,y\n1,2\n")
    let cases = CaseFiles.read(["/nowhere.csv", scratch.path, good])
    #expect(cases.isMissingFile)
    #expect(
      cases.problems.description == "/nowhere.csv: cannot be read: no such file or directory")
    #expect(cases.rows.count == 2)
  }

  @Test func `a folder without cases is told`() throws {
    let scratch = try Scratch()
    _ = try scratch.file("other.csv", "x,y\n1,2\n")
    let problems = CaseFiles.read([scratch.path]).problems
    #expect(problems.description.hasPrefix("\(scratch.path): no case file in it"))
  }
}
