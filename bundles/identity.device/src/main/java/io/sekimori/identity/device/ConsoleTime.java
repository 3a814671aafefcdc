package io.sekimori.identity.device;

import io.sekimori.generation.Unit;
import io.sekimori.identity.HttpProxy;
import io.sekimori.identity.IdentityCode;
import io.sekimori.trust.TimeVerifier;
import io.sekimori.trust.TrustCode;
import io.sekimori.trust.TrustException;
import io.sekimori.update.Forgeries.Forgery;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Asks a console what time it is. Who answers must lead to the pinned CA, whatever the dates of its certificates; what counts is
 * the director's signature over a nonce of our own. Nothing but the nonce is sent; only a console that refuses, as it does where neighbours
 * behind one address ask too often, is asked once more by the certificate of this gateway, which has an allowance of its own. Thread-safe.
 */
final class ConsoleTime {

    /** An answer that took longer may be as much too early. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int NONCE_BYTES = 32;

    private final Unit unit;
    private final GatewayTime time;
    private final Supplier<Optional<HttpProxy>> proxy;
    private final Function<URI, Optional<SSLContext>> own;
    private final Consumer<Forgery> forged;
    private final Predicate<List<X509Certificate>> revoked;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param own shows this gateway's certificate, if it is enrolled at that console
     * @param forged counts what only an attacker says
     */
    ConsoleTime(
            Unit unit,
            GatewayTime time,
            Supplier<Optional<HttpProxy>> proxy,
            Function<URI, Optional<SSLContext>> own,
            Consumer<Forgery> forged) {
        this(unit, time, proxy, own, forged, chain -> false);
    }

    private ConsoleTime(
            Unit unit,
            GatewayTime time,
            Supplier<Optional<HttpProxy>> proxy,
            Function<URI, Optional<SSLContext>> own,
            Consumer<Forgery> forged,
            Predicate<List<X509Certificate>> revoked) {
        this.unit = unit;
        this.time = time;
        this.proxy = proxy;
        this.own = own;
        this.forged = forged;
        this.revoked = revoked;
    }

    /** The same, where nobody is asked who leads over an issuing CA that is known to be revoked. */
    ConsoleTime refusing(Predicate<List<X509Certificate>> chains) {
        return new ConsoleTime(unit, time, proxy, own, forged, chains);
    }

    /**
     * Takes the console's word of the time.
     *
     * @param pin SHA-256 of the public key of the console's CA, hex
     * @throws NotEnrolled if it has none that can be believed: then the one before stays; or one before the floor, by which
     *     nothing but its certificates are judged
     */
    void ask(URI console, String pin) throws NotEnrolled {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        String text = HexFormat.of().formatHex(nonce);
        Instant said = said(console, pin, text);
        time.said(said);
        Instant floor = time.notBefore();
        if (said.plus(GatewayTime.SLACK).isBefore(floor)) {
            throw new NotEnrolled(
                    IdentityCode.CONSOLE_TIME_WRONG,
                    "the console says " + said + ", and " + floor + " is over by what was built and signed offline",
                    null);
        }
    }

    private Instant said(URI console, String pin, String nonce) throws NotEnrolled {
        PinnedTrust trust = PinnedTrust.whateverTheDate(pin).refusing(revoked);
        try {
            return said(
                    new Exchange(console, trust.context(), PATIENCE, proxy.get(), trust::refusal),
                    "/gateway/v1/time?nonce=",
                    nonce);
        } catch (NotEnrolled refused) {
            Optional<SSLContext> shown =
                    refused.code() == IdentityCode.CONSOLE_REFUSED ? own.apply(console) : Optional.empty();
            if (shown.isEmpty()) {
                throw refused;
            }
            try {
                return said(
                        new Exchange(console, shown.get(), PATIENCE, proxy.get(), Optional::empty),
                        "/gateway/v1/own-time?nonce=",
                        nonce);
            } catch (NotEnrolled again) {
                refused.addSuppressed(again);
                throw refused; // an earlier console has no such door, and the first answer says more
            }
        }
    }

    private Instant said(Exchange exchange, String path, String nonce) throws NotEnrolled {
        long before = System.nanoTime();
        byte[] answer = exchange.ask(exchange.at(path + nonce).GET().build());
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        return verified(answer, nonce).plus(took.dividedBy(2));
    }

    private Instant verified(byte[] answer, String nonce) throws NotEnrolled {
        try {
            TimeVerifier verifier = new TimeVerifier(unit.metadata(), Files.readAllBytes(unit.directorAnchor()));
            try {
                return verifier.verify(answer, nonce);
            } catch (TrustException e) {
                if (e.refusal().code() == TrustCode.TIME_REPLAYED) {
                    forged.accept(Forgery.TIME_REPLAYED);
                } else if (e.refusal().code() == TrustCode.TIME_SIGNATURE && verifier.isForged(answer)) {
                    forged.accept(Forgery.TIME_SIGNATURE);
                }
                throw new NotEnrolled(
                        IdentityCode.CONSOLE_TIME_WRONG, e.refusal().toString(), e);
            }
        } catch (TrustException e) {
            throw new NotEnrolled(IdentityCode.CONSOLE_TIME_WRONG, e.refusal().toString(), e);
        } catch (IOException e) {
            throw new NotEnrolled(IdentityCode.TRUST_UNREADABLE, String.valueOf(e.getMessage()), e);
        }
    }
}
