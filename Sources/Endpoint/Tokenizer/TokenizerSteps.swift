import TextAndBytes

/// The steps of a tokenizer.json before its model: what is done to a text, and where it is cut.
enum TokenizerSteps {
  static func normalizer(_ value: JSON?, _ parts: inout TokenizerParts) throws(TokenizerError) {
    guard let value else { return }
    switch value["type"]?.text {
    case "Sequence":
      for step in value["normalizers"]?.array ?? [] { try normalizer(step, &parts) }
    case "NFC": parts.normalizer.steps.append(.composed)
    case "NFKC": parts.normalizer.steps.append(.compatibility)
    case "NFD": parts.normalizer.steps.append(.decomposed)
    case "Lowercase": parts.normalizer.steps.append(.lowercase)
    case "Prepend":
      parts.normalizer.steps.append(.prepend(value["prepend"]?.text ?? "\u{2581}"))
    case "Replace":
      guard let part = value["pattern"]?["String"]?.text, !part.isEmpty,
        let other = value["content"]?.text
      else { throw TokenizerError("has a normalizer 'Replace' of a pattern, which is not read") }
      parts.normalizer.steps.append(.replace(part, with: other))
    case let type: throw TokenizerError("has the normalizer '\(type ?? "")', which is not read")
    }
  }

  static func cutters(
    _ value: JSON?, _ parts: inout TokenizerParts, _ isOfBytes: inout Bool
  ) throws(TokenizerError) {
    guard let value else { return }
    switch value["type"]?.text {
    case "Sequence":
      for step in value["pretokenizers"]?.array ?? [] { try cutters(step, &parts, &isOfBytes) }
    case "ByteLevel":
      isOfBytes = true
      if value["add_prefix_space"]?.flag == true { parts.cutters.append(.leadingSpace) }
      if value["use_regex"]?.flag != false {
        parts.cutters.append(
          .pattern(try splitter(Self.words), .isolated, isInverted: false))
      }
    case "Split": parts.cutters.append(try split(value))
    case "Digits":
      let digits = value["individual_digits"]?.flag == true ? #"\p{N}"# : #"\p{N}+"#
      parts.cutters.append(.pattern(try splitter(digits), .isolated, isInverted: false))
    case "Punctuation":
      parts.cutters.append(
        .pattern(
          try splitter(#"[\p{P}\x21-\x2F\x3A-\x40\x5B-\x60\x7B-\x7E]"#), .isolated,
          isInverted: false))
    case "Whitespace":
      parts.cutters.append(
        .pattern(
          try splitter(#"[\p{L}\p{M}\p{N}\p{Pc}]+|[^\p{L}\p{M}\p{N}\p{Pc}\s]+"#), .removed,
          isInverted: true))
    case "WhitespaceSplit":
      parts.cutters.append(.pattern(try splitter(#"\s+"#), .removed, isInverted: false))
    case "Metaspace":
      let mark = value["replacement"]?.text?.unicodeScalars.first?.value ?? 0x2581
      let scheme =
        value["prepend_scheme"]?.text
        ?? (value["add_prefix_space"]?.flag == false ? "never" : "always")
      parts.cutters.append(
        .spaces(mark, adds: scheme != "never", cuts: value["split"]?.flag != false))
    case let type: throw TokenizerError("has the pre-tokenizer '\(type ?? "")', which is not read")
    }
  }

  /// Where GPT-2 cuts (`ByteLevel` of tokenizers 0.2x).
  private static let words =
    #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#

  private static func split(_ value: JSON) throws(TokenizerError) -> TokenCutter {
    let name = value["behavior"]?.text ?? ""
    guard let behavior = TokenCutter.Behavior(rawValue: name) else {
      throw TokenizerError(
        "has a pre-tokenizer 'Split' of the behavior '\(name)', which is not read")
    }
    let isInverted = value["invert"]?.flag == true
    if let pattern = value["pattern"]?["Regex"]?.text {
      return .pattern(try splitter(pattern), behavior, isInverted: isInverted)
    }
    guard let text = value["pattern"]?["String"]?.text, !text.isEmpty else {
      throw TokenizerError("has a pre-tokenizer 'Split' without a pattern")
    }
    let literal = Pattern.sequence(text.unicodeScalars.map { .set(CharacterRanges($0)) })
    return .pattern(TokenSplitter(literal), behavior, isInverted: isInverted)
  }

  private static func splitter(_ text: String) throws(TokenizerError) -> TokenSplitter {
    do throws(SchemaError) {
      let splitter = TokenSplitter(try PatternParser.parse(text))
      guard !splitter.isTooLong else { throw SchemaError.wrong("has a pattern that is too long") }
      return splitter
    } catch {
      throw TokenizerError("\(error.message); its pre-tokenizer cannot be read")
    }
  }
}
