import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files and directories that are not whole yet and stand beside their places. A signal that ends
/// the program takes them along.
package enum UnfinishedFiles {
  /// Names in C's form, as the address of their first byte; 0: free. A handler of signals may read
  /// them at any time, so they are never given back: a few bytes for each file.
  private static let slots = Slots(count: 512)

  private struct Slots: @unchecked Sendable {
    let first: UnsafeMutablePointer<Atomic<UInt>>
    let count: Int

    init(count: Int) {
      first = .allocate(capacity: count)
      for slot in 0..<count { (first + slot).initialize(to: Atomic(0)) }
      self.count = count
    }
  }

  /// How many files are being made, and the signal that came meanwhile.
  private static let making = Atomic(0)
  private static let deferred = Atomic<Int32>(0)

  /// To be called before a handler of signals can be: it may not be the first to touch these.
  package static func prepare() {
    _ = slots.count
    _ = making.load(ordering: .relaxed)
    _ = deferred.load(ordering: .relaxed)
  }

  /// Makes a file by `body`, which adds it: a signal between the two waits until both are done.
  package static func made<Result, Failure>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    making.add(1, ordering: .sequentiallyConsistent)
    defer {
      let left = making.subtract(1, ordering: .sequentiallyConsistent).newValue
      let number = left == 0 ? deferred.exchange(0, ordering: .sequentiallyConsistent) : 0
      if number != 0 { raise(number) }
    }
    return try body()
  }

  /// Whether a signal comes again when a file is made that is being made now.
  package static func comesAgain(_ number: Int32) -> Bool {
    deferred.store(number, ordering: .sequentiallyConsistent)
    if making.load(ordering: .sequentiallyConsistent) > 0 { return true }
    deferred.store(0, ordering: .sequentiallyConsistent)
    return false
  }

  /// When all names are taken the file stays behind after a signal, and the next run overwrites it.
  package static func add(_ path: String) {
    guard let name = strdup(path) else { return }
    let address = UInt(bitPattern: name)
    for slot in 0..<slots.count {
      if slots.first[slot].compareExchange(
        expected: 0, desired: address, ordering: .acquiringAndReleasing
      ).exchanged {
        return
      }
    }
  }

  /// It is whole and in its place, or gone.
  package static func remove(_ path: String) { removeAll { $0 == path } }

  /// A directory and all in it.
  package static func remove(below path: String) {
    removeAll { $0 == path || $0.hasPrefix(path + "/") }
  }

  private static func removeAll(where isMeant: (String) -> Bool) {
    for slot in 0..<slots.count {
      let address = slots.first[slot].load(ordering: .acquiring)
      guard let name = UnsafePointer<CChar>(bitPattern: address) else { continue }
      if isMeant(String(cString: name)) {
        slots.first[slot].store(0, ordering: .releasing)
      }
    }
  }

  /// Removes them. Does nothing that a handler of signals may not do.
  package static func unlinkAll() {
    for slot in 0..<slots.count {
      let address = slots.first[slot].load(ordering: .acquiring)
      if let name = UnsafePointer<CChar>(bitPattern: address) { unlink(name) }
    }
    // Directories are empty now.
    for slot in 0..<slots.count {
      let address = slots.first[slot].load(ordering: .acquiring)
      if let name = UnsafePointer<CChar>(bitPattern: address) { rmdir(name) }
    }
  }
}
