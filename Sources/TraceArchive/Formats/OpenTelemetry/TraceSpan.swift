import TextAndBytes

/// A span, whichever of the ways it was exported in:
/// - OpenTelemetry's protocol as JSON (opentelemetry-proto v1, trace.proto), which the collector's
///   file exporter writes a line a batch;
/// - Jaeger's query API (`/api/traces`), which its page downloads;
/// - Zipkin's v2 API, lists of spans;
/// - the SDKs' console exporters and tables of spans, one object a span.
struct TraceSpan {
  var id: String?
  var parent: String?
  var trace: String?
  var name: String?
  /// Nanoseconds since 1970.
  var start: Int64?
  var end: Int64?
  var isError = false
  var attributes: [JSON.Field] = []
  /// When something happened in it, in nanoseconds since 1970.
  var events: [(name: String, at: Int64)] = []

  subscript(key: String) -> JSON? {
    let value = attributes.first { $0.key == key }?.value
    return value == .null ? nil : value
  }

  /// The first of the attributes that is there.
  func first(_ keys: [String]) -> JSON? {
    for key in keys { if let value = self[key] { return value } }
    return nil
  }
}

extension TraceSpan {
  /// All spans of a document; nil: it is none with spans.
  static func all(in json: JSON) -> [TraceSpan]? {
    let json = json["result"] ?? json["trace"] ?? json
    if let batches = first(json, ["resourceSpans", "resource_spans", "batches"])?.array {
      return batches.flatMap { inBatch($0) }
    }
    if let traces = json["data"]?.array { return traces.flatMap { inTrace($0) } }
    if json["spans"]?.array != nil { return inTrace(json) }
    return one(json).map { [$0] }
  }

  private static func inBatch(_ batch: JSON) -> [TraceSpan] {
    let scopes = first(batch, ["scopeSpans", "scope_spans", "instrumentationLibrarySpans"])?.array
    return (scopes ?? []).flatMap { $0["spans"]?.array ?? [] }.compactMap { one($0) }
  }

  /// A list of spans, which in Jaeger's traces refer to the processes beside them.
  private static func inTrace(_ trace: JSON) -> [TraceSpan] {
    (trace["spans"]?.array ?? []).compactMap { one($0) }
  }

  private static func one(_ json: JSON) -> TraceSpan? {
    if json["operationName"] != nil, json["startTime"] != nil { return jaeger(json) }
    if json["id"] != nil, json["timestamp"] != nil, json["traceId"] != nil { return zipkin(json) }
    guard json["attributes"] != nil || first(json, ["spanId", "span_id", "context"]) != nil else {
      return nil
    }
    return plain(json)
  }

  private static func first(_ json: JSON, _ keys: [String]) -> JSON? {
    for key in keys { if let value = json[key] { return value } }
    return nil
  }
}

/// The protocol's, and those of console exporters.
extension TraceSpan {
  private static func plain(_ json: JSON) -> TraceSpan {
    var span = TraceSpan()
    let context = json["context"] ?? json
    span.id = first(context, ["spanId", "span_id"])?.text
    span.trace = first(context, ["traceId", "trace_id"])?.text
    span.parent = first(json, ["parentSpanId", "parent_span_id", "parent_id"])?.text
    span.name = json["name"]?.text
    span.start = time(json, ["startTimeUnixNano", "start_time_unix_nano"], ["start_time"])
    span.end = time(json, ["endTimeUnixNano", "end_time_unix_nano"], ["end_time"])
    let status = json["status"]
    let code = status.flatMap { first($0, ["code", "status_code"]) } ?? json["status_code"]
    span.isError = code?.integer == 2 || code?.text?.hasSuffix("ERROR") == true
    if let list = json["attributes"]?.array {
      for item in list {
        guard let key = item["key"]?.text, let value = item["value"] else { continue }
        span.attributes.append(JSON.Field(key, anyValue(value)))
      }
    } else {
      flatten(json["attributes"] ?? .object([]), "", into: &span.attributes)
    }
    for event in json["events"]?.array ?? [] {
      let at = time(event, ["timeUnixNano", "time_unix_nano"], ["timestamp"])
      if let at { span.events.append((event["name"]?.text ?? "", at)) }
    }
    return span
  }

  /// What stands in one of the protocol's typed values.
  private static func anyValue(_ json: JSON) -> JSON {
    guard let value = json.fields?.first?.value else { return json }
    let items = value["values"] ?? (json["arrayValue"] ?? json["array_value"])
    guard let items else { return value }
    return .array((items.array ?? []).map { anyValue($0) })
  }

  /// Objects within attributes, as some tables have them, by the path of their keys.
  private static func flatten(_ json: JSON, _ prefix: String, into fields: inout [JSON.Field]) {
    for field in json.fields ?? [] {
      if field.value.fields?.isEmpty == false {
        flatten(field.value, prefix + field.key + ".", into: &fields)
      } else {
        fields.append(JSON.Field(prefix + field.key, field.value))
      }
    }
  }

  private static func time(_ json: JSON, _ nanoseconds: [String], _ dates: [String]) -> Int64? {
    if let value = first(json, nanoseconds)?.scaled(0) { return value }
    let date = first(json, dates)
    if let text = date?.text, let time = Timestamp.nanoseconds(Array(text.utf8).span) {
      return time
    }
    return nil
  }
}

/// Jaeger's and Zipkin's, whose times are microseconds.
extension TraceSpan {
  private static func jaeger(_ json: JSON) -> TraceSpan {
    var span = TraceSpan()
    span.id = json["spanID"]?.text
    span.trace = json["traceID"]?.text
    span.name = json["operationName"]?.text
    let references = json["references"]?.array ?? []
    span.parent =
      (references.first { $0["refType"]?.text == "CHILD_OF" } ?? references.first)?["spanID"]?.text
      ?? json["parentSpanID"]?.text
    span.setTimes(start: json["startTime"], duration: json["duration"])
    for tag in json["tags"]?.array ?? [] {
      guard let key = tag["key"]?.text, let value = tag["value"] else { continue }
      span.attributes.append(JSON.Field(key, value))
    }
    span.noteError()
    for log in json["logs"]?.array ?? [] {
      let name = (log["fields"]?.array ?? []).first { $0["key"]?.text == "event" }?["value"]?.text
      if let at = log["timestamp"]?.scaled(3) { span.events.append((name ?? "", at)) }
    }
    return span
  }

  private static func zipkin(_ json: JSON) -> TraceSpan {
    var span = TraceSpan()
    span.id = json["id"]?.text
    span.trace = json["traceId"]?.text
    span.parent = json["parentId"]?.text
    span.name = json["name"]?.text
    span.setTimes(start: json["timestamp"], duration: json["duration"])
    span.attributes = json["tags"]?.fields ?? []
    span.noteError()
    for note in json["annotations"]?.array ?? [] {
      if let at = note["timestamp"]?.scaled(3) {
        span.events.append((note["value"]?.text ?? "", at))
      }
    }
    return span
  }

  private mutating func setTimes(start: JSON?, duration: JSON?) {
    self.start = start?.scaled(3)
    guard let start = self.start, let duration = duration?.scaled(3) else { return }
    let (end, overflow) = start.addingReportingOverflow(duration)
    self.end = overflow ? nil : end
  }

  private mutating func noteError() {
    let error = self["error"]
    isError =
      error?.flag == true || error?.text == "true" || self["otel.status_code"]?.text == "ERROR"
  }
}
