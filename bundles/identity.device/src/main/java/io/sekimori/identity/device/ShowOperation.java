package io.sekimori.identity.device;

import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlOperation;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.IdentityException;
import io.sekimori.trust.Sha256;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code identity.show}: who this gateway is, without secrets. Thread-safe. */
@Component(property = ControlOperation.NAME + "=identity.show")
public final class ShowOperation implements ControlOperation {

    private final DeviceIdentity identity;

    /** Called by Declarative Services. */
    @Activate
    public ShowOperation(@Reference DeviceIdentity identity) {
        this.identity = identity;
    }

    @Override
    public ControlAnswer answer(Map<String, ?> members, String person) {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("model", identity.model());
        facts.put("serial", identity.serial());
        try {
            identity.tls();
            Optional<Enrolled> enrolled = identity.enrolled();
            enrolled.ifPresent(now -> {
                facts.putAll(facts(now));
                facts.put("renewal", identity.settings().due(now.chain().get(0)).toString());
            });
            identity.renewalRefusal()
                    .ifPresent(refused -> facts.put("renewalRefused", refused.code() + " " + refused.detail()));
            facts.put("enrolled", enrolled.isPresent());
            return new ControlAnswer.Done(facts);
        } catch (IdentityException e) {
            return new ControlAnswer.Refused(e.code().name(), String.valueOf(e.getMessage()));
        }
    }

    static Map<String, Object> facts(Enrolled enrolled) {
        X509Certificate own = enrolled.chain().get(0);
        return Map.of(
                "gateway", enrolled.id(),
                "account", enrolled.account(),
                "console", enrolled.console().toString(),
                "broker", enrolled.broker().toString(),
                "consoleKey",
                        Sha256.hex(enrolled.anchors().get(0).getPublicKey().getEncoded()),
                "deviceKey", Sha256.hex(own.getPublicKey().getEncoded()),
                "certificate", own.getSerialNumber().toString(16),
                "notAfter", own.getNotAfter().toInstant().toString());
    }
}
