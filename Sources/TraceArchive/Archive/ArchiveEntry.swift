import TextAndBytes

/// A public trace: what it is, who may use it, and where it lies. No trace is shipped.
package struct ArchiveEntry: Hashable, Sendable {
  package var name: String
  package var title: String
  package var summary: String
  package var publisher: String
  /// SPDX identifier; nil: none is stated.
  package var licence: String?
  /// Whether the licence lets anybody pass it on.
  package var isRedistributable: Bool
  package var citation: String
  package var format: TraceFormat
  package var files: [File]
  /// What a user has to know.
  package var issues: [String]
  /// Why it cannot be fetched by a program; nil: it can.
  package var obstacle: String?

  package struct File: Hashable, Sendable {
    package var url: String
    /// Bytes; nil: not known.
    package var size: Int64?
    /// nil: not known.
    package var sha256: String?

    package init(_ url: String, size: Int64? = nil, sha256: String? = nil) {
      self.url = url
      self.size = size
      self.sha256 = sha256
    }

    /// The last part of its address.
    var name: String {
      let path = url.prefix { $0 != "?" && $0 != "#" }
      return path.split(separator: "/").last.map(String.init) ?? "trace"
    }
  }

  /// What its files are called in the folder of the downloads: by their addresses, and by their
  /// place where two of them would be called the same.
  package var fileNames: [String] {
    var taken: Set<String> = []
    return files.enumerated().map { index, file in
      let name = file.name
      // Some file systems do not tell case apart, and parts of downloads end in `.part`.
      let isFree = !name.hasSuffix(".part") && taken.insert(name.lowercased()).inserted
      return isFree ? name : "\(index + 1)-\(name)"
    }
  }

  package init(
    _ name: String, title: String, summary: String, publisher: String, licence: String?,
    isRedistributable: Bool, citation: String, format: TraceFormat, files: [File],
    issues: [String] = [], obstacle: String? = nil
  ) {
    self.name = name
    self.title = title
    self.summary = summary
    self.publisher = publisher
    self.licence = licence
    self.isRedistributable = isRedistributable
    self.citation = citation
    self.format = format
    self.files = files
    self.issues = issues
    self.obstacle = obstacle
  }

  /// What the header of an imported copy says of it.
  package func describe(_ header: inout TraceHeader) {
    header["name"] = .string(name)
    header["title"] = .string(title)
    header["description"] = .string(summary)
    header["source", "url"] = files.first.map { .string($0.url) }
    header["source", "sha256"] = files.first?.sha256.map { .string($0) }
    header["licence", "spdx"] = licence.map { .string($0) }
    header["licence", "attribution"] = .string(publisher)
    header["licence", "redistributable"] = .bool(isRedistributable)
    header["citation"] = .string(citation)
    for issue in issues { header.addIssue(issue) }
  }

  /// All there is to say, for people.
  package var text: String {
    var lines = [
      "\(name): \(title)", summary, "",
      "Publisher  \(publisher)",
      "Licence    \(licence ?? "none stated")"
        + (isRedistributable ? "" : "; do not pass it on"),
      "Cite       \(citation)", "Format     \(format.rawValue)",
    ]
    for file in files {
      lines.append("File       \(file.url)")
      if let size = file.size { lines.append("           \(size) bytes") }
      if let sum = file.sha256 { lines.append("           sha256 \(sum)") }
    }
    lines += issues.map { "Known      \($0)" }
    if let obstacle { lines.append("Fetch      not by this program: \(obstacle)") }
    return lines.joined(separator: "\n") + "\n"
  }
}
