package io.sekimori.generation;

import io.sekimori.trust.TrustException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A demand beside all that director and release repository say: every jar that comes carries the standard signature (JAR
 * file specification) of a listed publisher. The lists lie among the trust roots, where only root writes, and not in a
 * configuration, which a director can assign. Confined to one thread.
 */
public final class JarPublishers {

    static final String PUBLISHERS = "publishers.pem";
    static final String TIMESTAMPS = "timestamps.pem";

    private final Vouchers publishers;
    private final Optional<Vouchers> timestamps;
    private final Instant now;
    private final Map<CodeSigner, Vouchers.Verdict> known = new HashMap<>();

    JarPublishers(Vouchers publishers, Optional<Vouchers> timestamps, Instant now) {
        this.publishers = publishers;
        this.timestamps = timestamps;
        this.now = now;
    }

    /** What this unit demands; empty if it does not. */
    public static Optional<JarPublishers> of(Unit unit, Instant now) throws TrustException {
        Optional<Vouchers> publishers = Vouchers.publishers(unit.trust().resolve(PUBLISHERS));
        Optional<Vouchers> timestamps = Vouchers.timestamps(unit.trust().resolve(TIMESTAMPS));
        return publishers.map(listed -> new JarPublishers(listed, timestamps, now));
    }

    /** What is done before each file of a jar, such as to see whether that is still wanted. */
    @FunctionalInterface
    public interface Pulse<E extends Exception> {
        /** Throws to end it. */
        void beat() throws E;
    }

    /**
     * Refuses a jar of which anything is not signed by who is listed.
     *
     * @param jar of which length and hash were checked: what it unpacks to, its publisher vouches for
     */
    public <E extends Exception> void demand(Path jar, String name, Pulse<E> pulse) throws TrustException, E {
        try (JarFile file = new JarFile(jar.toFile(), true);
                ZipFile plain = new ZipFile(jar.toFile())) {
            boolean any = false;
            for (JarEntry entry : Collections.list(file.entries())) {
                if (!entry.isDirectory() && !ofSignature(entry.getName())) {
                    pulse.beat();
                    try (InputStream in = file.getInputStream(entry)) {
                        in.transferTo(OutputStream.nullOutputStream()); // signers are known once it was read
                    }
                    demand(entry, name);
                    demandNoMore(plain, entry, name);
                    any = true;
                }
            }
            if (!any) {
                throw new TrustException(GenerationCode.JAR_UNSIGNED, name + " has nothing that could be signed");
            }
        } catch (TrustException e) {
            throw e;
        } catch (SecurityException | ZipException | EOFException e) {
            throw new TrustException(GenerationCode.JAR_SIGNATURE_BROKEN, name + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new TrustException(GenerationCode.FILE_UNREADABLE, name + " cannot be read: " + e, e);
        }
    }

    // What verifies stops at the size that the entry says; who reads it without comes to the end of what is there.
    private static void demandNoMore(ZipFile plain, JarEntry entry, String name) throws IOException, TrustException {
        try (InputStream in = plain.getInputStream(entry)) {
            in.skipNBytes(entry.getSize());
            if (in.read() >= 0) {
                throw new TrustException(
                        GenerationCode.JAR_SIGNATURE_BROKEN, name + ": more than its size in " + entry.getName());
            }
        }
    }

    private void demand(JarEntry entry, String name) throws TrustException {
        CodeSigner[] signers = entry.getCodeSigners();
        if (signers == null || signers.length == 0) {
            throw new TrustException(GenerationCode.JAR_UNSIGNED, name + ": " + entry.getName());
        }
        boolean expired = false;
        for (CodeSigner signer : signers) {
            Vouchers.Verdict verdict = known.computeIfAbsent(signer, this::verdict);
            if (verdict == Vouchers.Verdict.VALID) {
                return;
            }
            expired |= verdict == Vouchers.Verdict.EXPIRED;
        }
        throw new TrustException(
                expired ? GenerationCode.JAR_SIGNER_EXPIRED : GenerationCode.JAR_SIGNER_UNKNOWN,
                name + ": " + entry.getName());
    }

    // A signature outlives its certificate only if somebody who is believed says that it was made in time.
    private Vouchers.Verdict verdict(CodeSigner signer) {
        Instant when = now;
        if (signer.getTimestamp() != null && timestamps.isPresent()) {
            Instant said = signer.getTimestamp().getTimestamp().toInstant();
            boolean believed =
                    timestamps.get().on(signer.getTimestamp().getSignerCertPath(), said) == Vouchers.Verdict.VALID;
            when = believed ? said : now;
        }
        return publishers.on(signer.getSignerCertPath(), when);
    }

    private static boolean ofSignature(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (!upper.startsWith("META-INF/") || upper.indexOf('/', 9) >= 0) {
            return false;
        }
        return upper.equals("META-INF/MANIFEST.MF")
                || upper.startsWith("META-INF/SIG-")
                || upper.endsWith(".SF")
                || upper.endsWith(".RSA")
                || upper.endsWith(".DSA")
                || upper.endsWith(".EC");
    }
}
