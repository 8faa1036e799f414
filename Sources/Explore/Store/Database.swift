import CSQLite

/// A connection to an SQLite file: what a store needs of it.
final class Database {
  private let handle: OpaquePointer
  private let path: String
  /// Statements by their text, prepared once.
  private var prepared: [String: OpaquePointer] = [:]

  enum Access {
    case readOnly
    /// Made where it is missing.
    case readWrite
  }

  init(_ path: String, _ access: Access) throws(StoreProblem) {
    var opened: OpaquePointer?
    let flags =
      access == .readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard let opened else {
      throw StoreProblem(path: path, message: "no memory for a connection")
    }
    guard code == SQLITE_OK else {
      let reason = String(cString: sqlite3_errmsg(opened))
      sqlite3_close(opened)
      throw StoreProblem(
        path: path, message: "cannot open: \(reason)", isMissing: code == SQLITE_CANTOPEN)
    }
    handle = opened
    self.path = path
    // Before anything else: a store may be read while it is made.
    sqlite3_busy_timeout(opened, 10_000)
  }

  deinit {
    for statement in prepared.values { sqlite3_finalize(statement) }
    sqlite3_close(handle)
  }

  /// Runs a statement whose `?` are `values`, in their order.
  func run(_ sql: String, _ values: [StoreValue] = []) throws(StoreProblem) {
    try rows(sql, values) { _ in }
  }

  /// The same; `take` gets each row.
  func rows(
    _ sql: String, _ values: [StoreValue] = [], _ take: ([StoreValue]) -> Void
  ) throws(StoreProblem) {
    let statement = try statement(sql)
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
    }
    for (index, value) in values.enumerated() { bind(value, Int32(index + 1), in: statement) }
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW:
        take((0..<sqlite3_column_count(statement)).map { Self.value($0, of: statement) })
      case SQLITE_DONE: return
      default: throw problem
      }
    }
  }

  /// Names of the columns that `sql` gives. Throws where it is a statement that would change something.
  func columns(ofQuery sql: String) throws(StoreProblem) -> [String] {
    let statement = try statement(sql)
    guard sqlite3_stmt_readonly(statement) != 0 else {
      throw StoreProblem(path: path, message: "a query only reads; found \"\(sql)\"")
    }
    return (0..<sqlite3_column_count(statement)).map { index in
      sqlite3_column_name(statement, index).map { String(cString: $0) } ?? ""
    }
  }

  /// All that `body` writes, or nothing of it.
  func transaction(_ body: () throws(StoreProblem) -> Void) throws(StoreProblem) {
    try run("BEGIN IMMEDIATE")
    do throws(StoreProblem) {
      try body()
      try run("COMMIT")
    } catch {
      try? run("ROLLBACK")
      throw error
    }
  }

  private func statement(_ sql: String) throws(StoreProblem) -> OpaquePointer {
    if let statement = prepared[sql] { return statement }
    var made: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &made, nil) == SQLITE_OK else { throw problem }
    guard let made else { throw StoreProblem(path: path, message: "no SQL statement: \"\(sql)\"") }
    prepared[sql] = made
    return made
  }

  private var problem: StoreProblem {
    StoreProblem(
      path: path, message: String(cString: sqlite3_errmsg(handle)),
      isFull: [SQLITE_FULL, SQLITE_IOERR, SQLITE_READONLY].contains(sqlite3_errcode(handle)))
  }

  private func bind(_ value: StoreValue, _ place: Int32, in statement: OpaquePointer) {
    switch value {
    case .null: sqlite3_bind_null(statement, place)
    case .integer(let n): sqlite3_bind_int64(statement, place, n)
    case .real(let x): sqlite3_bind_double(statement, place, x)
    case .text(let text):
      // SQLITE_TRANSIENT: it copies the text.
      let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      sqlite3_bind_text(statement, place, text, -1, copied)
    }
  }

  private static func value(_ column: Int32, of statement: OpaquePointer) -> StoreValue {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, column))
    case SQLITE_FLOAT: .real(sqlite3_column_double(statement, column))
    case SQLITE_NULL: .null
    default: .text(sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "")
    }
  }
}

extension String {
  /// As the name of a column, whatever it holds.
  var quotedName: String { "\"\(replacing("\"", with: "\"\""))\"" }
}

/// A field of a store's table.
package enum StoreValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)

  init(_ x: Double?) {
    // SQLite has no NaN; what is infinite is not reached.
    self = x.map { $0.isFinite ? .real($0) : .null } ?? .null
  }

  init(_ text: String?) { self = text.map { .text($0) } ?? .null }

  /// The number, where it is one.
  package var number: Double? {
    switch self {
    case .integer(let n): Double(n)
    case .real(let x): x
    case .null, .text: nil
    }
  }

  /// As CSV has it: nothing for null.
  package var plain: String {
    switch self {
    case .null: ""
    case .integer(let n): "\(n)"
    case .real(let x): "\(x)"
    case .text(let text): text
    }
  }
}

/// Why a store cannot be read or written.
package struct StoreProblem: Error, Hashable, Sendable, CustomStringConvertible {
  package var path: String
  package var message: String
  package var isMissing = false
  /// The place is at fault, and not what is in the file.
  package var isFull = false

  package init(path: String, message: String, isMissing: Bool = false, isFull: Bool = false) {
    self.path = path
    self.message = message
    self.isMissing = isMissing
    self.isFull = isFull
  }

  package var description: String { "\(path): \(message)" }
}
