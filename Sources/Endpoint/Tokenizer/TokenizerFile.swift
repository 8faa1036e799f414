import TextAndBytes

/// Reads a tokenizer.json of Hugging Face's tokenizers, 0.2x.
enum TokenizerFile {
  static func parts(_ text: String) throws(TokenizerError) -> TokenizerParts {
    guard let json = JSON(text: text), json.fields != nil else {
      throw TokenizerError("holds no JSON object")
    }
    guard let model = json["model"] else { throw TokenizerError("has no 'model'") }
    let type = model["type"]?.text ?? (model["merges"] == nil ? "" : "BPE")
    guard type == "BPE" else {
      throw TokenizerError(
        "is of the type '\(type)'; BPE is read, of bytes or of characters. --bytes-per-token "
          + "counts without a tokenizer")
    }
    let vocabulary = try vocabulary(model)
    var parts = TokenizerParts(
      alphabet: TokenAlphabet(
        vocabulary: vocabulary, bytes: nil, isOfBytes: false, unknown: nil, fusesUnknown: false),
      pairs: try pairs(model, vocabulary), added: AddedTokens([]), texts: [])
    var isOfBytes = false
    try TokenizerSteps.normalizer(json["normalizer"], &parts)
    try TokenizerSteps.cutters(json["pre_tokenizer"], &parts, &isOfBytes)
    parts.alphabet = TokenAlphabet(
      vocabulary: vocabulary, bytes: bytes(model, vocabulary, isOfBytes), isOfBytes: isOfBytes,
      unknown: model["unk_token"]?.text.flatMap { vocabulary[$0] },
      fusesUnknown: model["fuse_unk"]?.flag == true)
    parts.takesWholePieces = model["ignore_merges"]?.flag == true
    for name in ["continuing_subword_prefix", "end_of_word_suffix"] {
      if let text = model[name]?.text, !text.isEmpty {
        throw TokenizerError("has the model's '\(name)' '\(text)', which is not read")
      }
    }
    try readAdded(json, vocabulary, isOfBytes, &parts)
    parts.opening = opening(json["post_processor"])
    return parts
  }

  /// The largest id there may be: texts are kept by id.
  private static let mostTokens = 1 << 22

  private static func vocabulary(_ model: JSON) throws(TokenizerError) -> [String: Int32] {
    guard let fields = model["vocab"]?.fields, !fields.isEmpty else {
      throw TokenizerError("has no vocabulary in 'model.vocab'")
    }
    var vocabulary: [String: Int32] = [:]
    vocabulary.reserveCapacity(fields.count)
    for field in fields {
      guard case .integer(let id) = field.value, (0..<Int64(mostTokens)).contains(id) else {
        throw TokenizerError("has the token '\(field.key)' without an id from 0 to \(mostTokens)")
      }
      vocabulary[field.key] = Int32(id)
    }
    return vocabulary
  }

  private static func pairs(
    _ model: JSON, _ vocabulary: [String: Int32]
  ) throws(TokenizerError) -> BytePairs {
    guard let merges = model["merges"]?.array else { throw TokenizerError("has no 'model.merges'") }
    var pairs = BytePairs()
    pairs.reserve(merges.count)
    for (rank, merge) in merges.enumerated() {
      let halves: [String]
      if let text = merge.text {
        halves = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
          .map(String.init)
      } else {
        halves = (merge.array ?? []).compactMap(\.text)
      }
      guard halves.count == 2, let left = vocabulary[halves[0]], let right = vocabulary[halves[1]],
        let merged = vocabulary[halves[0] + halves[1]]
      else { throw TokenizerError("has a merge that is not of the vocabulary: \(merge.compact)") }
      pairs.add(left, right, rank: rank, merged: merged)
    }
    return pairs
  }

  private static func bytes(
    _ model: JSON, _ vocabulary: [String: Int32], _ isOfBytes: Bool
  ) -> [Int32]? {
    guard isOfBytes || model["byte_fallback"]?.flag == true else { return nil }
    return (0..<256).map { byte in
      let name = isOfBytes ? String(ByteLetters.letter(UInt8(byte))) : fallback(byte)
      return vocabulary[name] ?? -1
    }
  }

  private static func fallback(_ byte: Int) -> String {
    "<0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true) + ">"
  }

  private static func readAdded(
    _ json: JSON, _ vocabulary: [String: Int32], _ isOfBytes: Bool, _ parts: inout TokenizerParts
  ) throws(TokenizerError) {
    var tokens: [AddedTokens.Token] = []
    var size = (vocabulary.values.max() ?? 0) + 1
    var plain: [Int: [UInt8]] = [:]
    for entry in json["added_tokens"]?.array ?? [] {
      guard let text = entry["content"]?.text, case .integer(let id)? = entry["id"],
        (0..<Int64(mostTokens)).contains(id)
      else { throw TokenizerError("has an added token without 'content' or 'id'") }
      size = max(size, Int32(id) + 1)
      plain[Int(id)] = entry["special"]?.flag == true ? [] : Array(text.utf8)
      tokens.append(
        AddedTokens.Token(
          text: Array(text.utf8), id: Int(id), stripsBefore: entry["lstrip"]?.flag == true,
          stripsAfter: entry["rstrip"]?.flag == true, isWord: entry["single_word"]?.flag == true))
    }
    parts.added = AddedTokens(tokens)
    parts.texts = Array(repeating: [], count: Int(size))
    var bytes: [String: UInt8] = [:]
    for byte in 0..<256 { bytes[fallback(byte)] = UInt8(byte) }
    for (name, id) in vocabulary {
      if isOfBytes {
        parts.texts[Int(id)] = ByteLetters.bytes(of: name) ?? Array(name.utf8)
      } else if let byte = bytes[name] {
        parts.texts[Int(id)] = [byte]
      } else {
        parts.texts[Int(id)] = Array(name.replacing("\u{2581}", with: " ").utf8)
      }
    }
    for (id, text) in plain { parts.texts[id] = text }
  }

  /// Special tokens that a template puts before a text.
  private static func opening(_ processor: JSON?) -> [Int] {
    guard let processor else { return [] }
    if let parts = processor["processors"]?.array { return parts.flatMap { opening($0) } }
    var ids: [Int] = []
    for part in processor["single"]?.array ?? [] {
      guard let name = part["SpecialToken"]?["id"]?.text else { break }
      let token = processor["special_tokens"]?.raw(name)
      ids += (token?["ids"]?.array ?? []).compactMap { $0.integer.map(Int.init) }
    }
    return ids
  }
}
