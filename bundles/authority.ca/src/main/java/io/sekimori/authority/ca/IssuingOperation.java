package io.sekimori.authority.ca;

import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.AuthorityException;
import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlOperation;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Shows and replaces the issuing CA, for a person on the console's machine: {@code {"what": "show"}}, {@code {"what": "request"}},
 * {@code {"what": "import", "text": what the root's keeper signed}}. Thread-safe.
 */
@Component(service = ControlOperation.class, property = ControlOperation.NAME + "=authority.issuing")
public final class IssuingOperation implements ControlOperation {

    private final CaAuthority authority;

    /** Called by Declarative Services. */
    @Activate
    public IssuingOperation(@Reference CaAuthority authority) {
        this.authority = authority;
    }

    @Override
    public ControlAnswer answer(Map<String, ?> members, String person) {
        String actor = "local:" + person;
        String text = members.get("text") instanceof String given ? given : "";
        try {
            return switch (String.valueOf(members.get("what"))) {
                case "show" -> new ControlAnswer.Done(json(authority.next().facts()));
                case "request" -> {
                    byte[] request = authority.next().request(actor);
                    yield new ControlAnswer.Done(Map.of(
                            "request",
                            new String(request, StandardCharsets.US_ASCII),
                            "key",
                            IssuingRequest.parse(request).fingerprint()));
                }
                case "import" -> {
                    authority.next().take(text.getBytes(StandardCharsets.US_ASCII), actor);
                    yield new ControlAnswer.Done(json(authority.next().facts()));
                }
                default -> new ControlAnswer.Refused(AuthorityCode.REQUEST_MALFORMED.name(), "show, request or import");
            };
        } catch (AuthorityException e) {
            return new ControlAnswer.Refused(e.code().name(), detail(e));
        }
    }

    private static String detail(AuthorityException e) {
        String message = String.valueOf(e.getMessage());
        String code = e.code() + ": ";
        return message.startsWith(code) ? message.substring(code.length()) : message;
    }

    private static Map<String, Object> json(NextIssuer.Facts facts) {
        Map<String, Object> json = new TreeMap<>(Map.of(
                "issuing", json(facts.issuers().issuing()),
                "root", json(facts.issuers().root()),
                "former",
                        facts.issuers().former().stream()
                                .map(IssuingOperation::json)
                                .toList(),
                "formerCertificates", (long) facts.formerCertificates()));
        facts.waiting().ifPresent(key -> json.put("waiting", NextIssuer.fingerprint(key)));
        return json;
    }

    private static Map<String, Object> json(X509Certificate certificate) {
        return Map.of(
                "name", certificate.getSubjectX500Principal().getName(),
                "key", NextIssuer.fingerprint(certificate.getPublicKey()),
                "serialNumber", certificate.getSerialNumber().toString(16),
                "notAfter", certificate.getNotAfter().toInstant().toString());
    }
}
