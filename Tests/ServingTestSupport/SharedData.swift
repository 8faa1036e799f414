#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Real traces, recorded engines and catalogues that some tests hold the project against. They lie
/// in `shared/data` beside the repository and are not part of it: elsewhere those tests are skipped.
package enum SharedData {
  /// The root of the repository.
  package static let repository = folder(of: #filePath, up: 3)

  private static let root = folder(of: repository, up: 1) + "/shared/data"

  /// Why a test is skipped.
  package static let absence: String = "shared/data is not beside the repository"

  package static var isPresent: Bool { access(root, R_OK) == 0 }

  /// The path of a file or folder in it.
  package static func path(_ name: String) -> String { "\(root)/\(name)" }

  private static func folder(of path: String, up levels: Int) -> String {
    path.split(separator: "/").dropLast(levels).reduce(into: "") { $0 += "/\($1)" }
  }
}
