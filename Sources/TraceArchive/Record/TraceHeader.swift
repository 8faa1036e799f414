package import TextAndBytes

/// `trace.json`: what a trace is, where it comes from, and how its columns are to be read. Keys that
/// this program does not know stay as they are.
package struct TraceHeader: Hashable, Sendable {
  package var json: JSON

  package init(_ json: JSON = .object([])) { self.json = json }

  /// The value at a path of keys such as `hashing`, `kind`.
  package subscript(_ path: String...) -> JSON? {
    get { Self.value(of: json, path[...]) }
    set { Self.set(&json, path[...], newValue) }
  }

  static func value(of json: JSON, _ path: ArraySlice<String>) -> JSON? {
    guard let key = path.first else { return json }
    return json[key].flatMap { value(of: $0, path.dropFirst()) }
  }

  private static func set(_ json: inout JSON, _ path: ArraySlice<String>, _ value: JSON?) {
    guard let key = path.first else { return }
    guard path.count > 1 else {
      json[key] = value
      return
    }
    var inner = json[key] ?? .object([])
    set(&inner, path.dropFirst(), value)
    json[key] = inner
  }

  package var name: String? { self["name"]?.text }

  /// A recording to which rows are added, or were until it was ended before all was sent.
  var isGrowing: Bool { self["collection", "is_complete"]?.flag == false }

  /// How `prefix_ids` are to be read; nil: not said.
  package var hashing: Hashing? {
    get {
      guard let hashing = self["hashing"] else { return nil }
      return Hashing(
        kind: hashing["kind"]?.text.flatMap { Hashing.Kind(rawValue: $0) },
        blockSize: hashing["block_size"]?.integer.map { Int($0) },
        scope: hashing["scope"]?.text.flatMap { PrefixBlocks.Scope(rawValue: $0) } ?? .global,
        hasPartialBlocks: hashing["partial_block"]?.text != "excluded")
    }
    set {
      guard let newValue else { return self["hashing"] = nil }
      if let kind = newValue.kind { self["hashing", "kind"] = .string(kind.rawValue) }
      self["hashing", "scope"] = .string(newValue.scope.rawValue)
      self["hashing", "partial_block"] = .string(
        newValue.hasPartialBlocks ? "included" : "excluded")
      if let size = newValue.blockSize { self["hashing", "block_size"] = .integer(Int64(size)) }
    }
  }

  /// What block ids stand for.
  package struct Hashing: Hashable, Sendable {
    /// nil: not said.
    package var kind: Kind?
    /// Tokens a block; nil: rows say.
    package var blockSize: Int?
    package var scope = PrefixBlocks.Scope.global
    /// Whether a last block that is not full has an id.
    package var hasPartialBlocks = true

    package init(
      kind: Kind? = nil, blockSize: Int? = nil, scope: PrefixBlocks.Scope = .global,
      hasPartialBlocks: Bool = true
    ) {
      self.kind = kind
      self.blockSize = blockSize
      self.scope = scope
      self.hasPartialBlocks = hasPartialBlocks
    }

    package enum Kind: String, CaseIterable, Sendable {
      /// An id stands for a block and all before it.
      case prefixChain = "prefix_chain"
      case blockContent = "block_content"
      case component
      case none
    }

    /// How many ids a prompt of `tokens` has; nil: the block size is unknown.
    package func expectedCount(tokens: Int64) -> Int? {
      blockSize.map { (Int(tokens) + (hasPartialBlocks ? $0 - 1 : 0)) / $0 }
    }
  }

  /// Adds a sentence to `known_issues`.
  package mutating func addIssue(_ text: String) {
    self["known_issues"] = .array((self["known_issues"]?.array ?? []) + [.string(text)])
  }

  /// Adds what was done to the trace to `transforms`.
  package mutating func addTransform(_ fields: [JSON.Field]) {
    self["transforms"] = .array((self["transforms"]?.array ?? []) + [.object(fields)])
  }
}
