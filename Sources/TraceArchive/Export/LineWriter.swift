import TextAndBytes

/// Writes one line a request in a foreign format.
final class LineWriter: TraceSink {
  private let format: ExportFormat
  private let file: StagedFile
  private var origin: Int64 = 0
  private(set) var seen: UInt64 = 0

  init(_ format: ExportFormat, to file: StagedFile) {
    self.format = format
    self.file = file
  }

  func begin(_ header: TraceHeader, fields: [TraceField]) throws(FileProblem) {
    origin = (header.originMicroseconds ?? 0) * 1000
    let head: String?
    switch format {
    case .azure:
      head = fields.contains(.imageCount) ? AzureWriter.imageHead : AzureWriter.head
      hasImages = fields.contains(.imageCount)
    case .kavier: head = KavierWriter.head
    case .blis: head = BLISWriter.head
    case .mooncake, .wta: head = nil
    }
    if let head { try file.append { $0.append(contentsOf: (head + "\n").utf8) } }
  }

  private var hasImages = false

  func take(_ record: TraceRecord) throws(FileProblem) {
    if let fault = format.fault(of: record) {
      throw FileProblem(file: "request \(record.id)", message: fault)
    }
    seen |= record.present
    try file.append { bytes in
      switch format {
      case .mooncake: MooncakeWriter.append(record, to: &bytes)
      case .azure:
        AzureWriter.append(record, origin: origin, hasImages: hasImages, to: &bytes)
      case .kavier: KavierWriter.append(record, to: &bytes)
      case .blis: BLISWriter.append(record, to: &bytes)
      case .wta: preconditionFailure("the archive's tasks are no lines")
      }
      bytes.append(UInt8(ascii: "\n"))
    }
  }
}

extension [UInt8] {
  /// A whole number divided by 10^`digits`, without zeros at its end.
  mutating func append(_ value: Int64, decimals digits: Int) {
    var unit: Int64 = 1
    for _ in 0..<digits { unit *= 10 }
    if value < 0 { append(UInt8(ascii: "-")) }
    let magnitude = Int64(value.magnitude)
    append(decimal: magnitude / unit)
    var rest = magnitude % unit
    guard rest > 0 else { return }
    append(UInt8(ascii: "."))
    while rest > 0 {
      unit /= 10
      append(UInt8(ascii: "0") + UInt8(rest / unit))
      rest %= unit
    }
  }

  mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { append(contentsOf: $0) }
  }

  /// Numbers in brackets.
  mutating func append<Value: BinaryInteger>(list values: [Value]) {
    append(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      append(decimal: Int64(value))
    }
    append(UInt8(ascii: "]"))
  }
}

enum MooncakeWriter {
  static func append(_ record: TraceRecord, to bytes: inout [UInt8]) {
    bytes.append("{\"timestamp\":")
    bytes.append(record.arrival ?? 0, decimals: 6)
    bytes.append(",\"input_length\":")
    bytes.append(decimal: record.inputTokens)
    bytes.append(",\"output_length\":")
    bytes.append(decimal: record.outputTokens)
    if record.has(.prefixIDs) {
      bytes.append(",\"hash_ids\":")
      bytes.append(list: record.prefixIDs)
    }
    if let session = record.session {
      bytes.append(",\"session_id\":")
      bytes.append(json: session)
    }
    if let think = record[.think] {
      bytes.append(",\"delay\":")
      bytes.append(think, decimals: 3)
    }
    if let priority = record[.priority] {
      bytes.append(",\"priority\":")
      bytes.append(decimal: priority)
    }
    bytes.append("}")
  }
}

enum AzureWriter {
  static let head = "TIMESTAMP,ContextTokens,GeneratedTokens"
  static let imageHead = "TIMESTAMP,NumImages,ContextTokens,GeneratedTokens"

  static func append(
    _ record: TraceRecord, origin: Int64, hasImages: Bool, to bytes: inout [UInt8]
  ) {
    let text = Timestamp.text(nanoseconds: origin + (record.arrival ?? 0))
    bytes.append(contentsOf: text.utf8)
    bytes.append(UInt8(ascii: ","))
    if hasImages {
      if let images = record[.imageCount] { bytes.append(decimal: images) }
      bytes.append(UInt8(ascii: ","))
    }
    bytes.append(decimal: record.inputTokens)
    bytes.append(UInt8(ascii: ","))
    bytes.append(decimal: record.outputTokens)
  }
}

enum KavierWriter {
  static let head =
    "session_id,turn_id,ts,num_input_tokens,num_output_tokens,input_tokens,output_tokens"

  static func append(_ record: TraceRecord, to bytes: inout [UInt8]) {
    bytes.append(field: record.session ?? "")
    bytes.append(UInt8(ascii: ","))
    if let turn = record[.turn] { bytes.append(decimal: turn) }
    bytes.append(UInt8(ascii: ","))
    if let arrival = record.arrival { bytes.append(arrival, decimals: 9) }
    bytes.append(UInt8(ascii: ","))
    bytes.append(decimal: record.inputTokens)
    bytes.append(UInt8(ascii: ","))
    bytes.append(decimal: record.outputTokens)
    for ids in [record.inputIDs, record.outputIDs] {
      bytes.append(UInt8(ascii: ","))
      guard !ids.isEmpty else { continue }
      bytes.append(UInt8(ascii: "\""))
      bytes.append(list: ids)
      bytes.append(UInt8(ascii: "\""))
    }
  }
}

enum BLISWriter {
  static let fields: [TraceField] = [
    .arrival, .inputTokens, .outputTokens, .tenantID, .userID, .sloClass, .sessionID, .turn,
    .streaming, .imageTokens, .audioTokens, .videoTokens, .reasoningTokens, .model, .status,
    .errorType, .finishReason, .adapter, .think, .priority, .ttft, .endToEnd,
  ]
  static let head = """
    request_id,client_id,tenant_id,slo_class,session_id,round_index,streaming,input_tokens,\
    output_tokens,image_tokens,audio_tokens,video_tokens,reason_ratio,model,arrival_time_us,\
    first_chunk_time_us,last_chunk_time_us,status,error_message,finish_reason,adapter,\
    think_time_us,vllm_priority
    """

  static func append(_ record: TraceRecord, to bytes: inout [UInt8]) {
    let arrival = record[.arrival] ?? 0
    var reasoning = ""
    if let tokens = record[.reasoningTokens], record.outputTokens > 0 {
      reasoning = String(Double(tokens) / Double(record.outputTokens))
    }
    func number(_ field: TraceField) -> String { record[field].map { String($0) } ?? "" }
    func after(_ field: TraceField) -> String {
      record[field].map { String(arrival + $0) } ?? ""
    }
    let values = [
      String(record.id), record[text: .userID] ?? "", record[text: .tenantID] ?? "",
      record[text: .sloClass] ?? "", record.session ?? "", number(.turn), number(.streaming),
      number(.inputTokens), number(.outputTokens), number(.imageTokens), number(.audioTokens),
      number(.videoTokens), reasoning, record[text: .model] ?? "", String(arrival), after(.ttft),
      after(.endToEnd), record[text: .status] ?? "", record[text: .errorType] ?? "",
      record[text: .finishReason] ?? "", record[text: .adapter] ?? "", number(.think),
      // vLLM's priorities count downwards.
      record[.priority].map { String(-$0) } ?? "",
    ]
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(field: value)
    }
  }
}
