package io.sekimori.local;

import io.sekimori.durable.DurableFile;
import io.sekimori.durable.VersionLock;
import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.PublicKeyFacts;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.status.CertificateEnd;
import io.sekimori.status.Finding;
import io.sekimori.status.StatusSource;
import io.sekimori.trust.Sha256;
import io.sekimori.web.ServerTls;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/**
 * Who the local page is: a key of its own, which {@link Keys} never hands out, and a certificate in which it vouches for
 * itself. Both are made when first needed and stay, also across swaps, so that people recognise the fingerprint.
 *
 * <p>Thread-safe. Two versions agree by a lock and the file.
 */
@Component(service = {ServerTls.class, StatusSource.class})
public final class LocalTls implements ServerTls, StatusSource {

    static final String BUNDLE = "io.sekimori.local";
    static final String KEY = "local";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 16 << 10;

    // Dynamic, so that a swap of the keys does not restart this. Package-private for the unit test.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Keys keys;

    private final Path folder;
    private final Path file;
    private final Logger log;
    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();
    private final Object making = new Object();
    private volatile @Nullable Made made;
    private volatile @Nullable Keys keysAtEnd;

    /** What was made, of the keys of that moment. */
    private record Made(Keys keys, X509Certificate certificate, SSLContext context) {}

    /** Called by Declarative Services. */
    @Activate
    public LocalTls(@Reference RunningGeneration running, @Reference(service = LoggerFactory.class) Logger log) {
        this(running.unit().resolve("data").resolve(BUNDLE), log);
    }

    LocalTls(Path folder, Logger log) {
        this.folder = folder;
        this.file = folder.resolve("certificate.der");
        this.log = log;
    }

    /** Keeps the keys for connections that are about to be made. */
    @Deactivate
    void release() {
        keysAtEnd = keys;
    }

    @Override
    public SSLContext context() {
        try {
            return made().context();
        } catch (KeyException | IOException | CertificateException e) {
            throw new IllegalStateException("the local page cannot prove who it is", e);
        }
    }

    /** The fingerprint, for {@code sekimori status}; or why there is none. */
    @Override
    public Contribution contribute() {
        try {
            X509Certificate certificate = made().certificate();
            return new Contribution(
                    List.of(),
                    List.of(new CertificateEnd(
                            "local page, SHA-256 " + fingerprint(certificate),
                            certificate.getNotAfter().toInstant())));
        } catch (KeyException | IOException | CertificateException e) {
            return new Contribution(
                    List.of(new Finding(
                            LocalCode.LOCAL_TLS_FAILED.name(), String.valueOf(e.getMessage()), clock.instant())),
                    List.of());
        }
    }

    /** SHA-256 of the certificate as browsers show it. */
    static String fingerprint(X509Certificate certificate) throws CertificateException {
        return Sha256.hex(certificate.getEncoded()).toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:");
    }

    private Made made() throws KeyException, IOException, CertificateException {
        Keys current = Lasting.of(keys, keysAtEnd); // read once: one call, one provider
        if (current == null) {
            throw new IOException("no service that keeps keys is there");
        }
        Made before = made;
        if (before != null && before.keys() == current) {
            return before;
        }
        synchronized (making) {
            X509Certificate certificate = certificate(current);
            SSLContext context = current.server(KEY, List.of(certificate), List.of(certificate));
            Made now = new Made(current, certificate, context);
            if (before == null) {
                log.info("The local page's certificate has the fingerprint SHA-256 {}", fingerprint(certificate));
            }
            made = now;
            return now;
        }
    }

    private X509Certificate certificate(Keys current) throws KeyException, IOException, CertificateException {
        DurableFile.makeDirectory(folder);
        VersionLock lock = VersionLock.take(folder.resolve("lock"), PATIENCE)
                .orElseThrow(() -> new IOException("somebody else holds the lock"));
        try {
            Optional<PublicKeyFacts> found = current.publicKey(KEY);
            PublicKeyFacts key = found.isPresent() ? found.get() : current.create(KEY, KeyAlgorithm.EC_P256, BUNDLE);
            Optional<X509Certificate> kept =
                    kept().filter(each -> each.getPublicKey().equals(key.key()));
            if (kept.isPresent()) {
                return kept.get();
            }
            X509Certificate fresh = SelfSigned.of(key, current, random);
            DurableFile.replace(file, fresh.getEncoded());
            return fresh;
        } finally {
            lock.release();
        }
    }

    // One that is damaged is made anew: nothing but its fingerprint is lost, and the log tells the new one.
    private Optional<X509Certificate> kept() throws IOException {
        try (InputStream in = new FileInputStream(file.toFile())) {
            return Optional.of(SelfSigned.parse(in.readNBytes(MOST_BYTES)));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (CertificateException e) {
            log.warn("The certificate of the local page is damaged and is made anew", e);
            return Optional.empty();
        }
    }
}
