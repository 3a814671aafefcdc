package io.sekimori.connection;

/** What a request wants, in Kura's words. Stable names: they travel in topics. */
public enum Method {
    GET,
    PUT,
    POST,
    DEL,
    EXEC
}
