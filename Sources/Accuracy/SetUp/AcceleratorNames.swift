package import ServingModel
import TextAndBytes

/// Finds accelerators of the catalogue by the many spellings of measurements.
package enum AcceleratorNames {
  /// The accelerator that `name` means: `H100`, `NVIDIA A100-SXM4-80GB`, `MI300X`. Where a name
  /// leaves the form open it is the one with the fast link, then the one with most memory.
  package static func accelerator(_ name: String) throws(Unsupported) -> Accelerator {
    if let exact = Accelerators.named(name) { return exact }
    let wanted = AcceleratorWords(name)
    let candidates = catalogue.filter { wanted.means($0.accelerator, named: $0.words) }
    let best = candidates.max { a, b in rank(a.accelerator) < rank(b.accelerator) }
    if let best { return best.accelerator }
    throw Unsupported(
      "no accelerator \(name.debugDescription) in the catalogue; nearest is \(nearest(to: wanted))")
  }

  private static let catalogue = Accelerators.all.map {
    (accelerator: $0, words: AcceleratorWords($0.name))
  }

  private static func nearest(to wanted: AcceleratorWords) -> String {
    let products = catalogue.map(\.words.product)
    return Spelling.closest(to: wanted.product, of: products).map { Accelerators.all[$0].id } ?? ""
  }

  private static func rank(_ accelerator: Accelerator) -> (Double, Double) {
    (accelerator.scaleUp.map { Double($0.domain) } ?? 0, accelerator.memory.count)
  }
}

/// An accelerator's name in its parts.
struct AcceleratorWords {
  /// The product: `h100`, `rtxpro6000`.
  var product = ""
  /// `sxm`, `pcie`, `nvl` ...; nil: not said.
  var form: String?
  var gigabytes: Double?

  init(_ name: String) {
    let words = name.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
    for (index, word) in words.enumerated() {
      let next = index + 1 < words.count ? words[index + 1] : ""
      if let size = Self.gigabytes(word, next) {
        gigabytes = size
      } else if let form = Self.forms.first(where: { Self.isForm(word, $0) }) {
        self.form = form
      } else if !Self.silent.contains(word) {
        product += word
      }
    }
    separateForm()
    product = Self.aliases[product] ?? product
  }

  /// Whether it can be this entry of the catalogue. A memory size has to be within 15 %, since
  /// makers and drivers count differently.
  func means(_ accelerator: Accelerator, named entry: AcceleratorWords) -> Bool {
    guard product == entry.product else { return false }
    if let form, let other = entry.form, form != other { return false }
    guard let gigabytes else { return true }
    return abs(gigabytes / accelerator.memory.gibibytes - 1) < 0.15
  }

  /// `H100SXM5` in one word.
  private mutating func separateForm() {
    for name in Self.forms {
      guard let range = product.firstRange(of: name), range.lowerBound > product.startIndex,
        Self.isForm(String(product[range.lowerBound...]), name)
      else { continue }
      form = name
      product = String(product[..<range.lowerBound])
    }
  }

  /// A form, perhaps with its generation: `sxm5`.
  private static func isForm(_ word: String, _ form: String) -> Bool {
    word.hasPrefix(form) && word.dropFirst(form.count).allSatisfy(\.isNumber)
  }

  /// `80gb`, `80` before `gb`, and `268` of `268-288gb`.
  private static func gigabytes(_ word: String, _ next: String) -> Double? {
    let digits = word.prefix { $0.isNumber }
    guard !digits.isEmpty else { return nil }
    let unit = word.dropFirst(digits.count)
    let isSize =
      units.contains(String(unit))
      || (unit.isEmpty && units.contains(String(next.drop { $0.isNumber })))
    return isSize ? Double(digits) : nil
  }

  private static let units: Set = ["gb", "gib", "g"]
  private static let forms = ["sxm", "pcie", "nvl", "oam"]
  /// Words that tell nothing of the hardware apart.
  private static let silent: Set = [
    "nvidia", "amd", "intel", "google", "aws", "cloud", "instinct", "tesla", "geforce", "arc",
    "hbm3", "hbm3e", "hbm2e", "blackwell", "server", "edition", "trillium", "ironwood", "per",
    "gpu", "gb", "gib",
  ]
  /// Products by another of their names.
  private static let aliases = [
    "mi250": "mi250x", "tpuv5lite": "tpuv5e", "tpuv5litepod": "tpuv5e", "tpu7x": "tpuv7",
    "trn1": "trainium1", "trn2": "trainium2", "inf2": "inferentia2", "rtx6000pro": "rtxpro6000",
    "rtxpro6000bw": "rtxpro6000",
  ]
}
