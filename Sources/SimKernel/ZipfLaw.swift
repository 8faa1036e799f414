#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Numbers 0..<count of which number k is drawn in proportion to 1 / (k + 1)^exponent.
package struct ZipfLaw: Sendable {
  /// The chance of a number up to and including the index.
  private let cumulative: [Double]

  /// An exponent of 0 makes all numbers equally likely.
  package init(count: Int, exponent: Double) {
    precondition(count > 0, "a choice among no numbers was asked for")
    var sum = 0.0
    let sums = (0..<count).map { k in
      sum += pow(Double(k + 1), -exponent)
      return sum
    }
    cumulative = sums.map { $0 / sum }
  }

  /// One draw.
  package func draw(from stream: inout RandomStream) -> Int {
    let u = stream.uniform()
    var low = 0
    var high = cumulative.count - 1
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > u { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
