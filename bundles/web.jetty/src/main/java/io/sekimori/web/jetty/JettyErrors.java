package io.sekimori.web.jetty;

import io.sekimori.web.Problem;
import io.sekimori.web.WebCode;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What Jetty itself refuses, such as a malformed request, answered as every other refusal is. Stateless. */
final class JettyErrors implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() < 400 ? 500 : response.getStatus();
        Problem problem = new Problem(status, code(status), "the request was refused before it was looked at");
        SafeHeaders.put(response.getHeaders());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemJson.MEDIA_TYPE);
        String language = request.getHeaders().get(HttpHeader.ACCEPT_LANGUAGE);
        byte[] json = ProblemJson.bytes(problem, Languages.of(language == null ? "" : language));
        response.write(true, ByteBuffer.wrap(json), callback);
        return true;
    }

    private static WebCode code(int status) {
        return switch (status) {
            case 400 -> WebCode.ADDRESS_MALFORMED;
            case 404 -> WebCode.NOT_FOUND;
            case 408, 503 -> WebCode.SERVER_BUSY;
            case 413 -> WebCode.BODY_TOO_LARGE;
            case 414, 431 -> WebCode.HEADERS_REFUSED;
            default -> WebCode.FAILED;
        };
    }
}
