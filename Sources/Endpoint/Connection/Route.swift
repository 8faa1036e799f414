import NIOHTTP1

/// What an endpoint answers to.
enum Route: Hashable {
  case completion(CompletionRequest.API)
  case tokenize
  case detokenize
  case models
  /// One model of the list, by name.
  case model(String)
  case health
  case ready
  case load
  case version
  case metrics

  static func find(_ method: HTTPMethod, _ uri: String) throws(APIError) -> Route {
    let path = String(uri.prefix { $0 != "?" })
    guard let route = find(path) else { throw .notFound("there is nothing at \(path)") }
    // A HEAD is a GET of which nobody wants the body.
    guard method == route.method || (method == .HEAD && route.method == .GET) else {
      throw .notAllowed(path, takes: route.method.rawValue)
    }
    return route
  }

  private static func find(_ path: String) -> Route? {
    switch path {
    case "/v1/completions": return .completion(.completions)
    case "/v1/chat/completions": return .completion(.chat)
    case "/v1/responses": return .completion(.responses)
    case "/tokenize": return .tokenize
    case "/detokenize": return .detokenize
    case "/v1/models": return .models
    case "/health", "/ping": return .health
    case "/ready": return .ready
    case "/load": return .load
    case "/version": return .version
    case "/metrics": return .metrics
    default:
      let prefix = "/v1/models/"
      guard path.hasPrefix(prefix) else { return nil }
      return .model(unescape(path.dropFirst(prefix.count)))
    }
  }

  /// Names of models have slashes, which some clients escape.
  private static func unescape(_ name: Substring) -> String {
    String(name).replacing("%2F", with: "/").replacing("%2f", with: "/").replacing("%3A", with: ":")
  }

  private var method: HTTPMethod {
    switch self {
    case .completion, .tokenize, .detokenize: .POST
    default: .GET
    }
  }

  /// Whether it is free, and answered when all connections are taken.
  var isHealth: Bool { self == .health || self == .ready }
}

extension HTTPRequestHead {
  /// Whether the client knows chunked bodies.
  var takesChunks: Bool { version.major > 1 || version.minor >= 1 }
}
