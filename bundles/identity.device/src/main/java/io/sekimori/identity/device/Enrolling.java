package io.sekimori.identity.device;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.durable.VersionLock;
import io.sekimori.generation.Unit;
import io.sekimori.identity.EnrolAnswer;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.IdentityCode;
import io.sekimori.identity.IdentityException;
import io.sekimori.trust.Activation;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.osgi.service.log.Logger;

/**
 * One enrolment from the activation to the file on disk. Whatever interrupts it, the gateway is before or after: what was
 * begun is remembered before the code is sent, and the same key with the same code gets the same certificate again.
 *
 * <p>Thread-safe; one runs at a time.
 */
final class Enrolling {

    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final Unit unit;
    private final IdentityFolder folder;
    private final Tools tools;
    private final GatewayTime time;
    private final ConsoleTime console;
    private final Clock clock;
    private final Logger log;

    Enrolling(Unit unit, IdentityFolder folder, Tools tools, GatewayTime time, ConsoleTime console, Logger log) {
        this.unit = unit;
        this.folder = folder;
        this.tools = tools;
        this.time = time;
        this.console = console;
        this.clock = time.forCertificates();
        this.log = log;
    }

    EnrolAnswer enrol(byte[] text, String actor) {
        try (Activation activation = Activation.parse(text)) {
            Optional<VersionLock> lock = folder.lock();
            if (lock.isEmpty()) {
                return new EnrolAnswer.Refused(IdentityCode.ENROLMENT_RUNNING, "another enrolment is under way");
            }
            try {
                return enrol(
                        activation,
                        new Trace(tools, "identity.enrol", activation.place().gatewayId(), actor, log));
            } finally {
                lock.get().release();
            }
        } catch (MalformedJson e) {
            return new EnrolAnswer.Refused(IdentityCode.ACTIVATION_MALFORMED, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new EnrolAnswer.Refused(IdentityCode.IDENTITY_UNWRITABLE, String.valueOf(e.getMessage()));
        }
    }

    private EnrolAnswer enrol(Activation activation, Trace trace) throws IOException {
        try {
            Optional<Kept> before = kept();
            if (before.isPresent() && before.get().activation().equals(activation.id())) {
                folder.giveUp(); // a power cut came between keeping and forgetting
                return new EnrolAnswer.Done(before.get().enrolled());
            }
            Enrolled now = certify(activation, trace);
            folder.keep(new Kept(now, activation.id()));
            trace.tell(Verdict.DONE, "");
            tools.tell(now);
            return new EnrolAnswer.Done(now);
        } catch (NotEnrolled e) {
            if (e.isFinal()) {
                folder.giveUp();
            }
            trace.tell(Verdict.REFUSED, e.code().name());
            return new EnrolAnswer.Refused(e.code(), e.detail());
        }
    }

    private Enrolled certify(Activation activation, Trace trace) throws NotEnrolled, IOException {
        askForTheTime(activation);
        requireFresh(activation);
        DeviceKey key = DeviceKey.of(tools);
        byte[] request =
                key.request(new X500Principal("CN=" + activation.place().gatewayId()));
        EstClient est = new EstClient(activation, PATIENCE, tools.proxy(), clock, folder::revoked);
        List<X509Certificate> sent = est.caCertificates();
        X509Certificate anchor = IssuedChain.anchor(sent, activation.pins().consoleKey());
        trace.allow();
        folder.begin(activation);
        List<X509Certificate> chain = IssuedChain.of(
                est.enrol(request), sent, anchor, activation.place().gatewayId(), key.key(), clock.instant());
        return new Enrolled(
                activation.place().gatewayId(),
                activation.place().account(),
                chain,
                List.of(anchor),
                activation.place().console(),
                activation.place().broker());
    }

    // A clock that is wrong makes good certificates and activations look bad. A console that does not say is no reason
    // to stop.
    private void askForTheTime(Activation activation) {
        boolean doubtful = !time.now().trusted() || clock.instant().isAfter(activation.notAfter());
        if (doubtful) {
            try {
                console.ask(activation.place().console(), activation.pins().consoleKey());
            } catch (NotEnrolled e) {
                log.info("The console does not say what time it is: {} {}", e.code(), e.detail());
            }
        }
    }

    private void requireFresh(Activation activation) throws NotEnrolled {
        if (clock.instant().isAfter(activation.notAfter())) {
            throw new NotEnrolled(
                    IdentityCode.ACTIVATION_EXPIRED,
                    "it ended at " + activation.notAfter() + ", and here it is " + clock.instant(),
                    null);
        }
        try {
            if (!Sha256.hex(unit.releaseAnchor()).equals(activation.pins().root())) {
                throw new NotEnrolled(IdentityCode.ROOT_DIFFERS, "the hash of root.json is another", null);
            }
        } catch (IOException e) {
            throw new NotEnrolled(IdentityCode.TRUST_UNREADABLE, String.valueOf(e.getMessage()), e);
        }
    }

    // A file that cannot be read is replaced by a new enrolment; that is what the advice says.
    private Optional<Kept> kept() {
        try {
            return folder.kept();
        } catch (IdentityException e) {
            log.error("What this gateway was at its console cannot be read and is replaced", e);
            return Optional.empty();
        }
    }
}
