package io.sekimori.authority.ca;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.authority.ActivationOrder;
import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.AuthorityException;
import io.sekimori.authority.GatewayCertificate;
import io.sekimori.authority.IssuedActivation;
import io.sekimori.records.Database;
import io.sekimori.records.RecordsException;
import io.sekimori.trust.Activation;
import io.sekimori.trust.ActivationLabel;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.log.Logger;

/** Does what the authority promises, with the services of the moment. Thread-safe. */
final class Desk {

    private static final int CODE_LENGTH = 26; // 130 bits
    private static final byte[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".getBytes(StandardCharsets.US_ASCII);

    private final Tools tools;
    private final Clock clock;
    private final Logger log;
    private final SecureRandom random = new SecureRandom();

    Desk(Tools tools, Clock clock, Logger log) {
        this.tools = tools;
        this.clock = clock;
        this.log = log;
    }

    IssuedActivation activate(ActivationOrder order, String actor, Settings settings, Ca ca) throws AuthorityException {
        Instant notAfter = clock.instant().plus(order.validFor());
        Trace trace = trace(actor, "authority.activate", order.gatewayId(), Map.of("until", notAfter.toString()));
        trace.allow();
        byte[] code = code();
        try (Activation activation = new Activation(
                settings.placeOf(order.gatewayId()),
                new Activation.Pins(Sha256.hex(ca.root().getPublicKey().getEncoded()), settings.rootSha256()),
                notAfter,
                code)) {
            write(register -> register.invite(order.gatewayId(), Enrolling.hash(code), activation.notAfter()), trace);
            trace.tell(Verdict.DONE, "");
            return new IssuedActivation(activation.bytes(), ActivationLabel.of(activation), activation.notAfter());
        }
    }

    /** The certificate of a gateway that shows the code; {@code address} is where it asks from. */
    Register.Entry enrol(String gatewayId, byte[] code, byte[] request, String address, Settings settings, Ca ca)
            throws EnrolRefused, AuthorityException {
        Trace trace = trace("gateway:" + gatewayId, "authority.enrol", gatewayId, Map.of("address", address));
        try {
            Database records = tools.records();
            Enrolling.requireCode(records, gatewayId, code, clock);
            CertificateRequest proven = CertificateRequest.parse(request);
            trace.allow();
            Enrolling.Certified certified = Enrolling.certify(
                    records, gatewayId, code, proven, ca.issuer(), settings.validFor(ca.issuing(), clock.instant()));
            GatewayCertificate facts = certified.entry().facts();
            trace.with("certificate", facts.serialNumber())
                    .with("deviceKey", facts.deviceKey())
                    .tell(Verdict.DONE, "");
            if (certified.isNew()) {
                tools.tell(facts);
            }
            return certified.entry();
        } catch (EnrolRefused e) {
            trace.tell(Verdict.REFUSED, e.code().name());
            throw e;
        } catch (RecordsException e) {
            trace.tell(Verdict.FAILED, AuthorityCode.AUTHORITY_RECORDS_FAILED.name());
            throw failed(e);
        }
    }

    /** The certificate after the one a gateway shows, whose key the connection proved. */
    Register.Entry renew(X509Certificate shown, byte[] request, String address, Settings settings, Ca ca)
            throws EnrolRefused, AuthorityException {
        Trace trace = trace(
                "anonymous",
                "authority.renew",
                Renewing.name(shown),
                Map.of("address", address, "shown", shown.getSerialNumber().toString(16)));
        try {
            requireOurs(shown, ca);
            Database records = tools.records();
            GatewayCertificate facts = Renewing.known(records, shown);
            trace = trace.by("gateway:" + facts.gatewayId(), facts.gatewayId());
            Renewing.requireRenewable(facts, clock);
            CertificateRequest proven = CertificateRequest.parse(request);
            Renewing.requireSame(shown, proven);
            trace.allow();
            Enrolling.Certified certified = Renewing.certify(
                    records, facts, proven, ca.issuer(), settings.validFor(ca.issuing(), clock.instant()), clock);
            trace.with("certificate", certified.entry().facts().serialNumber()).tell(Verdict.DONE, "");
            return certified.entry();
        } catch (EnrolRefused e) {
            trace.tell(Verdict.REFUSED, e.code().name());
            throw e;
        } catch (RecordsException e) {
            trace.tell(Verdict.FAILED, AuthorityCode.AUTHORITY_RECORDS_FAILED.name());
            throw failed(e);
        }
    }

    private static void requireOurs(X509Certificate shown, Ca ca) throws EnrolRefused {
        if (!ca.issuers().made(shown)) {
            throw new EnrolRefused(AuthorityCode.CERTIFICATE_FOREIGN, "another CA made the certificate", null);
        }
    }

    Optional<GatewayCertificate> newest(String gatewayId) throws AuthorityException {
        try {
            return tools.records().read(c -> new Register(c).newest(gatewayId)).map(Register.Entry::facts);
        } catch (RecordsException e) {
            throw failed(e);
        }
    }

    void revoke(String gatewayId, String reason, String actor) throws AuthorityException {
        Trace trace = trace(actor, "authority.revoke", gatewayId, Map.of("reason", reason));
        trace.allow();
        write(
                register -> {
                    register.uninvite(gatewayId);
                    register.revoke(gatewayId, clock.instant());
                },
                trace);
        trace.tell(Verdict.DONE, "");
    }

    /** Who is revoked now, signed, as {@link Upkeep} gives it to the broker. */
    byte[] revocations(Ca ca) throws AuthorityException {
        try {
            return Upkeep.list(ca, tools.records().read(c -> new Register(c).revoked(clock.instant())))
                    .getEncoded();
        } catch (RecordsException e) {
            throw failed(e);
        } catch (IOException e) {
            throw new IllegalStateException("a list that was just made has its bytes", e);
        }
    }

    private interface Change {
        void make(Register register) throws SQLException;
    }

    private void write(Change change, Trace trace) throws AuthorityException {
        try {
            tools.records().write(c -> {
                change.make(new Register(c));
                return true;
            });
        } catch (RecordsException e) {
            trace.tell(Verdict.FAILED, AuthorityCode.AUTHORITY_RECORDS_FAILED.name());
            throw failed(e);
        }
    }

    private byte[] code() {
        byte[] code = new byte[CODE_LENGTH];
        for (int i = 0; i < code.length; i++) {
            code[i] = ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return code;
    }

    private Trace trace(String actor, String action, String gatewayId, Map<String, String> detail) {
        return new Trace(tools, log, actor, action, gatewayId, detail);
    }

    static AuthorityException failed(RecordsException e) {
        return new AuthorityException(AuthorityCode.AUTHORITY_RECORDS_FAILED, String.valueOf(e.getMessage()), e);
    }
}
