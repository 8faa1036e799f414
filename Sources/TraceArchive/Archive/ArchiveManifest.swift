/// Traces that a user's own file lists, in the form of `kavier trace archive info --format json`.
package enum ArchiveManifest {
  /// The entries of a JSON file: one object, or a list of them.
  package static func read(path: String) throws(TraceProblems) -> [ArchiveEntry] {
    let json: JSON
    do throws(TraceProblem) {
      json = try JSON.file(path)
    } catch {
      throw TraceProblems(error)
    }
    var problems = TraceProblems()
    let entries = (json.array ?? [json]).enumerated().compactMap { index, item in
      entry(item, "\(path): entry \(index)", &problems)
    }
    guard problems.isEmpty else { throw problems }
    return entries
  }

  private static func entry(
    _ json: JSON, _ place: String, _ problems: inout TraceProblems
  ) -> ArchiveEntry? {
    func needed(_ key: String) -> String {
      if let text = json[key]?.text { return text }
      problems.add(TraceProblem(file: place, message: "\(key): a text is needed"))
      return ""
    }
    let found = needed("format")
    guard let format = TraceFormat(rawValue: found) else {
      let known = TraceFormat.allCases.map(\.rawValue)
      problems.add(
        TraceProblem(
          file: place,
          message: """
            format: found \(excerpt(found)); allowed are \(known.joined(separator: ", "))
            """))
      return nil
    }
    let files = (json["files"]?.array ?? []).compactMap { file in
      file["url"]?.text.map {
        ArchiveEntry.File($0, size: file["bytes"]?.integer, sha256: file["sha256"]?.text)
      }
    }
    if files.isEmpty {
      problems.add(
        TraceProblem(file: place, message: "files: a list of objects with url is needed"))
    }
    return ArchiveEntry(
      needed("name"), title: json["title"]?.text ?? "", summary: json["summary"]?.text ?? "",
      publisher: needed("publisher"), licence: json["licence"]?.text,
      isRedistributable: json["redistributable"]?.flag ?? false,
      citation: json["citation"]?.text ?? "", format: format, files: files,
      issues: json["issues"]?.array?.compactMap(\.text) ?? [])
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
  ) throws(TraceProblems) -> TraceReading {
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
  ) throws(TraceProblems) -> [String] {
    guard entry.obstacle == nil, !entry.files.isEmpty else {
      throw TraceProblems(
        TraceProblem(
          file: entry.name,
          message: "cannot be fetched by a program: \(entry.obstacle ?? "it names no file")"))
    }
    var paths: [String] = []
    for file in entry.files {
      paths.append(try Download.run(file, into: "\(cache)/\(entry.name)"))
    }
    return paths
  }
}
