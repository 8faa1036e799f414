/// How a column of the schema is stored: its place among the leaves and its levels.
struct ColumnShape {
  var field: ParquetField
  var physical: PhysicalType
  /// Bytes of each value of fixed width.
  var width: Int
  var isUnsigned32 = false
  /// Which leaf of the schema it is: its number among a row group's columns.
  var leaf: Int
  /// The definition level of a value that is there.
  var definitions: Int
  /// The definition level from which on a list is there.
  var listLevel = 0
}

/// The columns that can be read, and why others cannot.
struct SchemaColumns {
  private(set) var columns: [ColumnShape] = []
  private(set) var unreadable: [(name: String, reason: String)] = []
  private(set) var leafCount = 0
  private let elements: [SchemaElement]
  private var at = 1

  init(_ elements: [SchemaElement]) throws(ParquetProblem) {
    self.elements = elements
    guard let root = elements.first else { throw .damaged("it has no schema") }
    for _ in 0..<max(0, root.childCount) {
      guard at < elements.count else { throw .cutOff }
      try addColumn()
    }
    guard at == elements.count else { throw .damaged("its schema does not add up") }
  }

  private mutating func addColumn() throws(ParquetProblem) {
    let top = elements[at]
    let (first, leaf) = (at, leafCount)
    try skip(depth: 0)
    let inside = Array(elements[first..<at])
    do {
      columns.append(try Self.shape(top, inside, leaf: leaf))
    } catch {
      unreadable.append((top.name, error.message))
    }
  }

  /// Goes behind the element and all below it.
  private mutating func skip(depth: Int) throws(ParquetProblem) {
    guard at < elements.count, depth < 32 else { throw .damaged("its schema does not add up") }
    let element = elements[at]
    at += 1
    if element.childCount <= 0 { leafCount += 1 }
    for _ in 0..<max(0, element.childCount) { try skip(depth: depth + 1) }
  }

  private static func shape(
    _ top: SchemaElement, _ inside: [SchemaElement], leaf: Int
  ) throws(ParquetProblem) -> ColumnShape {
    guard inside.count > 1 || top.repetition == .repeated else {
      return try single(top, name: top.name, leaf: leaf)
    }
    return try list(top, inside, leaf: leaf)
  }

  private static func single(
    _ element: SchemaElement, name: String, leaf: Int
  ) throws(ParquetProblem) -> ColumnShape {
    guard let physical = element.type else { throw ParquetProblem("is a group without columns") }
    let isUnsigned = element.annotation == .uint32 && physical == .int32
    let isOptional = element.repetition == .optional
    let field = ParquetField(
      name, isUnsigned ? .int64 : try type(element, physical), isOptional: isOptional)
    let width = physical == .fixedByteArray ? Int(element.width) : physical.width ?? 0
    guard physical != .fixedByteArray || (1...1 << 20).contains(width) else {
      throw .damaged("values have a width of \(element.width) bytes")
    }
    return ColumnShape(
      field: field, physical: physical, width: width, isUnsigned32: isUnsigned, leaf: leaf,
      definitions: isOptional ? 1 : 0)
  }

  private static func type(
    _ element: SchemaElement, _ physical: PhysicalType
  ) throws(ParquetProblem) -> ParquetType {
    guard element.annotation != .decimal, !element.isForeign || physical == .fixedByteArray else {
      throw ParquetProblem("is of a type (such as decimal) that is not read; store it as a number")
    }
    switch physical {
    case .boolean: return .boolean
    case .int32: return element.annotation == .date ? .date : .int32
    case .int64:
      if element.isNanoseconds { return .timestamp(.nanoseconds) }
      switch element.annotation {
      case .timestampMillis: return .timestamp(.milliseconds)
      case .timestampMicros: return .timestamp(.microseconds)
      default: return .int64
      }
    case .int96: return .timestamp(.nanoseconds)
    case .float: return .float
    case .double: return .double
    case .byteArray:
      switch element.annotation {
      case .utf8, .json, .enumeration: return .text
      default: return .bytes
      }
    case .fixedByteArray: return .bytes
    }
  }

  /// A list in the three levels of the definition, or in the two or one of older writers.
  private static func list(
    _ top: SchemaElement, _ inside: [SchemaElement], leaf: Int
  ) throws(ParquetProblem) -> ColumnShape {
    let chain = top.repetition == .repeated ? inside[...] : inside.dropFirst()
    let isChain = inside.dropLast().allSatisfy { $0.childCount == 1 } && chain.count <= 2
    guard let repeated = chain.first, let last = chain.last, isChain,
      repeated.repetition == .repeated, last.type == .int32 || last.type == .int64,
      chain.count == 1 || last.repetition != .repeated
    else { throw ParquetProblem("is nested; lists of whole numbers are read, other groups not") }
    var shape = try single(last, name: top.name, leaf: leaf)
    let isOptional = top.repetition == .optional
    shape.field.type = last.type == .int64 || shape.isUnsigned32 ? .int64List : .int32List
    shape.field.isOptional = isOptional
    shape.listLevel = isOptional ? 1 : 0
    shape.definitions = shape.listLevel + 1 + (last.repetition == .optional ? 1 : 0)
    return shape
  }
}
