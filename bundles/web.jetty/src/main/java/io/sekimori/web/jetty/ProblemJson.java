package io.sekimori.web.jetty;

import io.sekimori.trust.JsonText;
import io.sekimori.web.Problem;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** Problems as JSON (RFC 9457), with the advice of the code's own area. Stateless. */
final class ProblemJson {

    static final String MEDIA_TYPE = "application/problem+json";

    private ProblemJson() {}

    static byte[] bytes(Problem problem, Locale language) {
        Map<String, Object> json = new HashMap<>(problem.facts());
        json.put("type", "about:blank");
        json.put("title", problem.code().name());
        json.put("code", problem.code().name());
        json.put("status", problem.status());
        json.put("detail", problem.detail());
        String advice = advice(problem.code(), language);
        if (!advice.isEmpty()) {
            json.put("advice", advice);
        }
        return JsonText.bytes(json);
    }

    private static String advice(Enum<?> code, Locale language) {
        Class<?> owner = code.getDeclaringClass();
        try {
            return ResourceBundle.getBundle(
                            owner.getPackageName() + ".refusals",
                            language,
                            owner.getClassLoader(),
                            // The language asked for or English; never that of the server.
                            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                    .getString(code.name());
        } catch (MissingResourceException e) {
            return "";
        }
    }
}
