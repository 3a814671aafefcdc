package io.sekimori.identity.device;

import io.sekimori.identity.IdentityCode;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.regex.Pattern;

/** What a console says that does not enrol: an HTTP status, and problem details (RFC 9457) with a stable code. Stateless. */
final class ConsoleRefusal {

    private static final Set<IdentityCode> SAID_BY_CONSOLES = Set.of(
            IdentityCode.CODE_UNKNOWN, IdentityCode.CODE_USED, IdentityCode.CODE_EXPIRED, IdentityCode.TOO_MANY_TRIES);

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{1,63}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
    private static final int MAX_PROBLEM_BYTES = 16 << 10;

    private ConsoleRefusal() {}

    static NotEnrolled of(HttpResponse<byte[]> response) {
        String code = code(response.body());
        String again = response.headers()
                .firstValue("Retry-After")
                .filter(text -> SECONDS.matcher(text).matches())
                .map(seconds -> ", again after " + seconds + " s")
                .orElse("");
        String detail = "the console answers " + response.statusCode() + (code.isEmpty() ? "" : " " + code) + again;
        for (IdentityCode each : SAID_BY_CONSOLES) {
            if (each.name().equals(code)) {
                return new NotEnrolled(each, detail, null);
            }
        }
        return new NotEnrolled(IdentityCode.CONSOLE_REFUSED, detail, null);
    }

    // Only a code is taken from what a server wrote; it ends up in logs and on terminals.
    private static String code(byte[] body) {
        try {
            String code = JsonObject.parse(body, MAX_PROBLEM_BYTES).string("code");
            return CODE.matcher(code).matches() ? code : "";
        } catch (MalformedJson e) {
            return "";
        }
    }
}
