import Glibc

/// A few numbers that a worker and its supervisor share: what the worker is at outlives it.
struct SharedPlace {
  private let numbers: UnsafeMutablePointer<Int64>
  private static let size = 4096

  /// nil: the file cannot be had.
  init?(path: String) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard ftruncate(descriptor, off_t(Self.size)) == 0,
      let start = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
      start != MAP_FAILED
    else { return nil }
    numbers = start.bindMemory(to: Int64.self, capacity: Self.size / 8)
  }

  /// The input that the worker is at; -1: none.
  var current: Int {
    get { Int(numbers[0]) }
    nonmutating set { numbers[0] = Int64(newValue) }
  }

  /// How many inputs were tried, and how many of them were taken as sound.
  var tried: Int {
    get { Int(numbers[1]) }
    nonmutating set { numbers[1] = Int64(newValue) }
  }

  var sound: Int {
    get { Int(numbers[2]) }
    nonmutating set { numbers[2] = Int64(newValue) }
  }
}
