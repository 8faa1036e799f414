import TextAndBytes

/// The names that logs of LLM requests give their columns: those of gateways (LiteLLM, Langfuse,
/// Helicone, OpenRouter, Portkey, Amazon Bedrock, Cloudflare), of simulators (Vidur, Azure's and
/// BurstGPT's traces) and of benchmarks. Tables and JSON Lines share the one list.
enum CommonColumns {
  /// What a column is taken for, unasked.
  struct Meaning {
    var field: TraceField
    /// nil: told by the values.
    var unit: TimeUnit?
    /// The lower, the surer: of two columns with one meaning the surer is taken.
    var rank: Int
  }

  /// nil: the name means nothing that is known.
  static func meaning(of name: String) -> Meaning? {
    guard let parts = ColumnName(name) else { return nil }
    for (place, key) in [parts.whole, parts.base, parts.leaf].enumerated() {
      guard let key, let known = table[key] else { continue }
      let isTime = times.contains(known.field)
      // `tokens_s` is no count of tokens.
      if !isTime, place == 1, parts.unit != nil { continue }
      // A measured time without a unit says nothing for sure.
      if isTime, known.field != .arrival, parts.unit == nil { return nil }
      // Names at the top before those of the same meaning in nested objects.
      let depth = name.utf8.count { $0 == UInt8(ascii: ".") }
      return Meaning(
        field: known.field, unit: isTime ? parts.unit : nil, rank: known.rank + 1000 * depth)
    }
    return nil
  }

  /// Whether a column by this name could well be when requests came.
  static func soundsLikeArrival(_ name: String) -> Bool {
    guard let parts = ColumnName(name) else { return false }
    if arrivals.contains(parts.base) { return true }
    guard
      ["time", "date", "stamp", "arriv", "created", "clock"].contains(where: parts.base.contains)
    else { return false }
    return ![
      "timeto", "token", "latency", "interarrival", "delta", "duration", "timeout", "runtime",
      "elapsed", "total",
    ]
    .contains { parts.base.contains($0) } && !spans.contains(parts.base)
  }

  /// Whether a column states what a client waits for, which a replay follows, without its unit.
  static func isWaitWithoutUnit(_ name: String) -> TraceField? {
    guard let parts = ColumnName(name), parts.unit == nil, let known = table[parts.base],
      [.think, .deadline].contains(known.field)
    else { return nil }
    return known.field
  }

  /// Whether a name, though known for an arrival, is as often that of how long something took.
  static func isVague(_ name: String) -> Bool {
    guard let parts = ColumnName(name) else { return false }
    // A web server's `request_time` is how long it took.
    return ["time", "requesttime"].contains(parts.base)
      || (parts.unit == nil && ["t", "start"].contains(parts.base))
  }

  /// Columns that could be a field's, the surest first.
  static func columns(of field: TraceField, among names: [String]) -> [String] {
    let known = names.enumerated().compactMap { place, name in
      meaning(of: name).flatMap {
        $0.field == field ? (rank: $0.rank, place: place, name: name) : nil
      }
    }
    return known.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.map(\.name)
  }

  /// Whether a column says how many requests a row stands for.
  static func countsRequests(_ name: String) -> Bool {
    guard let parts = ColumnName(name) else { return false }
    return counts.contains(parts.whole) || parts.leaf.map(counts.contains) ?? false
  }

  private static let counts: Set<String> = [
    "nummodelrequests", "numrequests", "nrequests", "requestcount", "requestscount", "requests",
    "totalrequests", "modelrequests", "callcount", "numcalls", "calls", "apicalls", "apirequests",
    "invocations", "invocationcount", "count", "hits",
  ]

  /// The columns whose tokens come on top of those of another, in the same object: in Anthropic's and
  /// Bedrock's usage `input_tokens` are those of a prompt that no cache has to do with, in Gemini's
  /// the candidates are an answer without the thoughts before it.
  static func parts(beside column: String, among names: [String]) -> [String] {
    func object(_ name: String) -> Substring { name.lastIndex(of: ".").map { name[..<$0] } ?? "" }
    func leaf(_ name: String) -> String? { ColumnName(name).map { $0.leaf ?? $0.whole } }
    guard let leafOfColumn = leaf(column), let known = parts[leafOfColumn] else { return [] }
    return names.filter { name in
      object(name) == object(column) && leaf(name).map(known.contains) ?? false
    }
  }

  private static let parts: [String: Set<String>] = [
    "inputtokens": ["cachereadinputtokens", "cachecreationinputtokens", "cachewriteinputtokens"],
    "inputtokencount": ["cachereadinputtokencount", "cachewriteinputtokencount"],
    "candidatestokencount": ["thoughtstokencount"],
  ]

  private static let times: Set<TraceField> = [
    .arrival, .think, .deadline, .endToEnd, .ttft, .queueing, .sent, .ttftObjective, .tpotObjective,
    .endToEndObjective,
  ]

  /// How long something takes.
  private static let spans: Set<String> = [
    "responsetime", "processingtime", "inferencetime", "generationtime", "prefilltime",
    "decodetime", "queuetime", "waittime", "waitingtime", "thinktime", "servicetime", "apitime",
    "requesttimems", "computetime", "modeltime", "walltime", "cputime", "gputime", "timepertoken",
  ]

  /// From the surest on. What happened at the end of a request is not among them.
  private static let arrivals = [
    "arrival", "arrivaltime", "arrivaltimestamp", "arrivaldate", "arrivedat", "arrived",
    "arrivalat", "requestarrivaltime", "requestarrival", "requesttime", "requesttimestamp",
    "requestcreatedat", "requestedat", "requestdate", "receivedat", "receivedtime",
    "requestreceivedat", "requeststart", "requeststarttime", "requeststartedat",
    "requeststarttimestamp", "submittedat", "submittime", "submissiontime", "sentat", "senttime",
    "sendtime", "startedat", "starttime", "starttimestamp", "startts", "startdate", "begintime",
    "start", "createdat", "createdtime", "creationtime", "createtime", "createdate", "creationdate",
    "createdon", "created", "eventtime", "eventtimestamp", "timestamp", "ts", "tstamp", "time",
    "datetime", "timegenerated", "timelocal", "logtime", "logtimestamp", "eventdate", "date",
    "unixtime", "unixtimestamp", "epochtime", "epoch", "unix", "msec", "t",
  ]

  private static let names: [(TraceField, [String])] = [
    (.arrival, arrivals),
    (
      .inputTokens,
      [
        "inputtokens", "prompttokens", "numinputtokens", "numprompttokens", "nprompttokens",
        "inputtokencount", "prompttokencount", "inputtokenscount", "prompttokenscount",
        "inputlength", "inputlen", "promptlength", "promptlen", "requesttokens", "contexttokens",
        "numprefilltokens", "prefilltokens", "prefilllength", "ninputtokens", "ninput", "nprompt",
        "numinput", "inputtoks", "prompttoks", "intokens", "tokensprompt", "tokensinput",
        "tokensin", "isl", "inputsequencelength", "genaiusageinputtokens",
        "genaiusageprompttokens", "llmusageprompttokens", "usageinput", "usagedetailsinput",
        "nativetokensprompt", "usertokens", "intok", "requestunits", "requnits",
        "promptevalcount", "tokensevaluated",
      ]
    ),
    (
      .outputTokens,
      [
        "outputtokens", "completiontokens", "numoutputtokens", "numcompletiontokens",
        "ncompletiontokens", "outputtokencount", "completiontokencount", "outputtokenscount",
        "completiontokenscount", "outputlength", "outputlen", "completionlength", "completionlen",
        "responsetokens", "responsetokencount", "candidatestokencount", "generatedtokens",
        "generationtokens", "numgeneratedtokens", "numgenerationtokens", "generatedlength",
        "generationlength", "genlen", "gentokens", "numdecodetokens", "decodetokens",
        "decodelength", "noutputtokens", "noutput", "ncompletion", "numoutput", "outputtoks",
        "outtokens", "tokenscompletion", "tokensoutput", "tokensout", "osl",
        "outputsequencelength", "genaiusageoutputtokens", "genaiusagecompletiontokens",
        "llmusagecompletiontokens", "usageoutput", "usagedetailsoutput",
        "nativetokenscompletion", "assistanttokens", "outtok", "responseunits", "resunits",
        "evalcount", "tokenspredicted",
      ]
    ),
    (
      .sessionID, ["sessionid", "session", "conversation", "conversationid", "threadid", "traceid"]
    ),
    (.turn, ["turn", "turnid", "turnindex", "seq"]),
    (.agentID, ["agentid", "agentpath"]),
    (.model, ["modelname", "modelid", "requestedmodel", "genairequestmodel"]),
    (.adapter, ["lora", "loraid", "loraname", "loraadapter", "adapterid", "adaptername"]),
    (.tenantID, ["tenantid", "tenant", "teamid", "organizationid", "customerid"]),
    (.userID, ["userid", "user", "enduser", "enduserid"]),
    (.region, ["regionid", "regionname", "cloudregion"]),
    (
      .maxOutputTokens,
      ["maxtokens", "maxcompletiontokens", "maxnewtokens", "genairequestmaxtokens"]
    ),
    (.think, ["think", "thinktime"]),
    (.endToEnd, ["e2e", "e2elatency", "latency", "apitime", "duration"]),
    (.ttft, ["ttft", "timetofirsttoken"]),
    (.finishReason, ["finishreason", "stop"]),
  ]

  private static let table: [String: (field: TraceField, rank: Int)] = {
    var table: [String: (field: TraceField, rank: Int)] = [:]
    for (field, names) in names {
      for (rank, name) in names.enumerated() { table[name] = (field, rank + 1) }
    }
    // A field's own name is the surest.
    for field in CSVReader.fields {
      guard let name = ColumnName(field.name) else { continue }
      table[times.contains(field) ? name.base : name.whole] = (field, 0)
    }
    return table
  }()
}
