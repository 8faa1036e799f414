import NIOHTTP1

/// What an endpoint answers to.
enum Route {
  case completion(CompletionRequest.API)
  case models
  case health
  case version
  case metrics

  static func find(_ method: HTTPMethod, _ uri: String) throws(APIError) -> Route {
    let path = uri.prefix { $0 != "?" }
    let (route, allowed): (Route, HTTPMethod)
    switch path {
    case "/v1/completions": (route, allowed) = (.completion(.completions), .POST)
    case "/v1/chat/completions": (route, allowed) = (.completion(.chat), .POST)
    case "/v1/models": (route, allowed) = (.models, .GET)
    case "/health", "/ping": (route, allowed) = (.health, .GET)
    case "/version": (route, allowed) = (.version, .GET)
    case "/metrics": (route, allowed) = (.metrics, .GET)
    default: throw .notFound("there is nothing at \(path)")
    }
    guard method == allowed else {
      throw APIError(
        status: 405, type: "MethodNotAllowedError", message: "\(path) takes \(allowed.rawValue)")
    }
    return route
  }
}

extension HTTPRequestHead {
  /// Whether the client knows chunked bodies.
  var takesChunks: Bool { version.major > 1 || version.minor >= 1 }
}
