package io.sekimori.authority.ca;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.AuthorityException;
import io.sekimori.authority.GatewayCertificate;
import io.sekimori.authority.GatewayCertificate.State;
import io.sekimori.authority.Standing;
import io.sekimori.records.Database;
import io.sekimori.records.RecordsException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.log.Logger;

/**
 * Judges the certificates that callers show. The first use of one ends what it replaces: its activation code, and, where
 * the gateway was activated again for another key, every certificate of the keys before. Until then the old ones count,
 * so that an enrolment that came to nothing cuts nobody off. Thread-safe.
 */
final class Admittance {

    private final Tools tools;
    private final Clock clock;
    private final Logger log;

    Admittance(Tools tools, Clock clock, Logger log) {
        this.tools = tools;
        this.clock = clock;
        this.log = log;
    }

    Standing check(X509Certificate certificate, Ca ca) {
        if (!ca.issuers().made(certificate)) {
            return refused(AuthorityCode.CERTIFICATE_FOREIGN, "another CA made it");
        }
        String serialNumber = certificate.getSerialNumber().toString(16);
        try {
            Database records = tools.records();
            Optional<Register.Entry> entry = records.read(c -> new Register(c).certificate(serialNumber));
            // The very bytes that were recorded, so nobody's signature needs to be looked at.
            if (entry.isEmpty() || !Arrays.equals(entry.get().der(), certificate.getEncoded())) {
                return refused(AuthorityCode.CERTIFICATE_UNKNOWN, "there is no record of it");
            }
            return judge(entry.get().facts(), records);
        } catch (RecordsException e) {
            log.error("Nobody can be let in: the records do not answer", e);
            return refused(AuthorityCode.AUTHORITY_RECORDS_FAILED, "the records do not answer");
        } catch (AuthorityException e) {
            return refused(e.code(), String.valueOf(e.getMessage()));
        } catch (CertificateEncodingException e) {
            return refused(AuthorityCode.CERTIFICATE_UNKNOWN, "it has no bytes");
        }
    }

    private Standing judge(GatewayCertificate facts, Database records) throws RecordsException, AuthorityException {
        if (facts.state() == State.REVOKED) {
            return refused(AuthorityCode.CERTIFICATE_REVOKED, "it is revoked");
        }
        Instant now = clock.instant();
        if (now.isBefore(facts.notBefore()) || now.isAfter(facts.notAfter())) {
            return refused(
                    AuthorityCode.CERTIFICATE_EXPIRED, "valid from " + facts.notBefore() + " to " + facts.notAfter());
        }
        if (facts.state() == State.ISSUED) {
            used(facts, records, now);
        }
        return new Standing.Good(new GatewayCertificate(
                facts.gatewayId(),
                facts.deviceKey(),
                facts.serialNumber(),
                facts.notBefore(),
                facts.notAfter(),
                State.IN_USE));
    }

    private void used(GatewayCertificate facts, Database records, Instant now)
            throws RecordsException, AuthorityException {
        if (records.read(c -> new Register(c).replaced(facts)) == 0) {
            records.write(c -> {
                new Register(c).used(facts.serialNumber());
                return true;
            });
            return;
        }
        Trace trace = new Trace(
                tools,
                log,
                "gateway:" + facts.gatewayId(),
                "authority.revoke",
                facts.gatewayId(),
                Map.of("reason", "enrolled with another key", "certificate", facts.serialNumber()));
        trace.allow();
        try {
            int revoked = records.write(c -> {
                Register register = new Register(c);
                register.used(facts.serialNumber());
                return register.revokeReplaced(facts, now);
            });
            trace.with("revoked", String.valueOf(revoked)).tell(Verdict.DONE, "");
        } catch (RecordsException e) {
            trace.tell(Verdict.FAILED, AuthorityCode.AUTHORITY_RECORDS_FAILED.name());
            throw e;
        }
        tools.revoked();
    }

    private static Standing refused(AuthorityCode code, String detail) {
        return new Standing.Refused(code, detail);
    }
}
