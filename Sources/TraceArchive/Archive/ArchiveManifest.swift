package import TextAndBytes

/// Traces that a user's own file lists, in the form of `kavier trace archive info --format json`.
package enum ArchiveManifest {
  /// The entries of a JSON file: one object, or a list of them.
  package static func read(path: String) throws(FileProblems) -> [ArchiveEntry] {
    let json: JSON
    do throws(FileProblem) {
      json = try JSON.file(path)
    } catch {
      throw FileProblems(error)
    }
    var reading = ManifestReading(path: path)
    let entries = (json.array ?? [json]).enumerated().compactMap { index, item in
      reading.entry(item, index)
    }
    reading.checkNames(entries)
    guard reading.problems.isEmpty else { throw reading.problems }
    return entries
  }
}

/// Takes a manifest's entries apart, with all that is wrong in them.
private struct ManifestReading {
  let path: String
  var problems = FileProblems()
  private var place = ""

  init(path: String) { self.path = path }

  private static let keys = [
    "name", "title", "summary", "publisher", "licence", "redistributable", "citation", "format",
    "files", "issues",
  ]
  private static let fileKeys = ["url", "bytes", "sha256"]

  private mutating func add(_ message: String) {
    problems.add(FileProblem(file: "\(path): \(place)", message: message))
  }

  private mutating func text(_ json: JSON, _ key: String, isNeeded: Bool = false) -> String? {
    guard let value = json[key] else {
      if isNeeded { add("\(key): a text is needed") }
      return nil
    }
    if value.text == nil { add("\(key): found \(excerpt(value.compact)); allowed is a text") }
    return value.text
  }

  private mutating func checkKeys(_ json: JSON, _ known: [String]) {
    for field in json.fields ?? [] where !known.contains(field.key) {
      add(
        "\(field.key): not known; allowed are \(known.joined(separator: ", "))"
          + Spelling.hint(for: field.key, of: known))
    }
  }

  mutating func entry(_ json: JSON, _ index: Int) -> ArchiveEntry? {
    place = "entry \(index)"
    guard json.fields != nil else {
      add("allowed is an object")
      return nil
    }
    checkKeys(json, Self.keys)
    let name = text(json, "name", isNeeded: true) ?? ""
    if let found = json["name"]?.text, !SafeName.isName(found) {
      add("name: found \(excerpt(found)); allowed are \(SafeName.allowed)")
    }
    let format = format(json)
    let publisher = text(json, "publisher", isNeeded: true)
    let files = files(json["files"])
    if files.isEmpty, json["files"]?.array?.isEmpty ?? true {
      add("files: a list of objects with url is needed")
    }
    if json["redistributable"] != nil, json["redistributable"]?.flag == nil {
      add("redistributable: allowed are true and false")
    }
    guard let format else { return nil }
    return ArchiveEntry(
      name, title: text(json, "title") ?? "", summary: text(json, "summary") ?? "",
      publisher: publisher ?? "", licence: text(json, "licence"),
      isRedistributable: json["redistributable"]?.flag ?? false,
      citation: text(json, "citation") ?? "", format: format, files: files,
      issues: json["issues"]?.array?.compactMap(\.text) ?? [])
  }

  private mutating func format(_ json: JSON) -> TraceFormat? {
    guard let found = text(json, "format", isNeeded: true) else { return nil }
    let known = TraceFormat.allCases.map(\.rawValue)
    let format = TraceFormat(rawValue: found)
    if format == nil {
      add(
        "format: found \(excerpt(found)); allowed are \(known.joined(separator: ", "))"
          + Spelling.hint(for: found, of: known))
    }
    return format
  }

  private mutating func files(_ list: JSON?) -> [ArchiveEntry.File] {
    let entry = place
    defer { place = entry }
    return (list?.array ?? []).enumerated().compactMap { index, file in
      place = "\(entry), file \(index)"
      return self.file(file)
    }
  }

  private mutating func file(_ json: JSON) -> ArchiveEntry.File? {
    checkKeys(json, Self.fileKeys)
    guard let url = text(json, "url", isNeeded: true) else { return nil }
    if let fault = SafeName.fault(ofAddress: url) { add("url: found \(excerpt(url)); \(fault)") }
    var file = ArchiveEntry.File(url)
    if let size = json["bytes"] {
      if case .integer(let size) = size, size > 0 {
        file.size = size
      } else {
        add("bytes: found \(excerpt(size.compact)); allowed are whole numbers from 1")
      }
    }
    if let sum = text(json, "sha256") {
      file.sha256 = sum.lowercased()
      if sum.utf8.count != 64 || !sum.allSatisfy(\.isHexDigit) {
        add("sha256: found \(excerpt(sum)); allowed are 64 hexadecimal digits")
      }
    }
    return file
  }

  /// Two entries of a name cannot both be meant.
  mutating func checkNames(_ entries: [ArchiveEntry]) {
    var seen: Set<String> = []
    for (index, entry) in entries.enumerated() where !seen.insert(entry.name).inserted {
      place = "entry \(index)"
      add("name: \(excerpt(entry.name)) is that of an entry before it")
    }
  }
}

/// Names and addresses that lead nowhere but where they should.
enum SafeName {
  static let allowed =
    "letters, digits, \".\", \"_\" and \"-\", not in front the last three, up to 100"

  /// Whether a folder may be called so.
  static func isName(_ text: String) -> Bool {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
      default: false
      }
    }
    return isPlain && text.first.map { $0.isLetter || $0.isNumber } == true
      && text.utf8.count <= 100
  }

  /// Why an address is not asked for; nil: it is.
  static func fault(ofAddress url: String) -> String? {
    let start = url.lowercased()
    guard let scheme = ["http://", "https://"].first(where: { start.hasPrefix($0) }) else {
      return "allowed are addresses that begin with https:// or http://"
    }
    let host = url.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !host.isEmpty, url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != 0x5C }) else {
      return "allowed are addresses with a host and without spaces, control characters and \\"
    }
    let name = ArchiveEntry.File(url).name
    guard name != "..", name != ".", !name.hasPrefix("."), name.utf8.count <= 200 else {
      return "its last part is no name of a file"
    }
    return nil
  }
}

extension ArchiveEntry {
  package var json: JSON {
    var json = JSON.object([
      .init("name", .string(name)), .init("title", .string(title)),
      .init("summary", .string(summary)), .init("publisher", .string(publisher)),
      .init("licence", licence.map { .string($0) } ?? .null),
      .init("redistributable", .bool(isRedistributable)), .init("citation", .string(citation)),
      .init("format", .string(format.rawValue)),
    ])
    json["files"] = .array(
      files.map { file in
        .object([
          .init("url", .string(file.url)),
          .init("bytes", file.size.map { .integer($0) } ?? .null),
          .init("sha256", file.sha256.map { .string($0) } ?? .null),
        ])
      })
    json["issues"] = .array(issues.map { .string($0) })
    return json
  }
}

extension TraceImport {
  /// Fetches a trace into `cache` and imports it.
  package static func fetch(
    _ entry: ArchiveEntry, cache: String, to directory: String,
    encoding: LLMTraceWriter.Encoding = .csv, sort: Bool = false, replaces: Bool = false
  ) throws(FileProblems) -> TraceReading {
    let paths = try download(entry, cache: cache)
    var options = TraceReadOptions(format: entry.format, sort: sort)
    options.leavesOutUnreadable = false
    return try run(
      path: paths[0], options: options, to: directory, encoding: encoding, replaces: replaces,
      describe: entry.describe)
  }

  /// Fetches a trace's files into a folder of its own in `cache`.
  package static func download(
    _ entry: ArchiveEntry, cache: String
  ) throws(FileProblems) -> [String] {
    guard entry.obstacle == nil, !entry.files.isEmpty else {
      throw FileProblems(
        FileProblem(
          file: entry.name,
          message: "cannot be fetched by a program: \(entry.obstacle ?? "it names no file")"))
    }
    try check(entry, cache: cache)
    var paths: [String] = []
    for (file, name) in zip(entry.files, entry.fileNames) {
      paths.append(try Download.run(file, as: name, into: "\(cache)/\(entry.name)"))
    }
    return paths
  }

  /// Nothing is written or asked for beside what the entry may.
  private static func check(_ entry: ArchiveEntry, cache: String) throws(FileProblems) {
    var problems = FileProblems()
    if !SafeName.isName(entry.name) {
      problems.add(
        FileProblem(
          file: entry.name, message: "is no name of an entry; allowed are \(SafeName.allowed)"))
    } else if FileSystem.isLink("\(cache)/\(entry.name)") {
      problems.add(
        FileProblem(
          file: "\(cache)/\(entry.name)",
          message: "is a link, which no download follows; remove it", output: .create))
    }
    for file in entry.files {
      if let fault = SafeName.fault(ofAddress: file.url) {
        problems.add(FileProblem(file: file.url, message: fault))
      }
    }
    guard problems.isEmpty else { throw problems }
  }
}
