package io.sekimori.identity.device;

import io.sekimori.durable.DurableFile;
import io.sekimori.durable.FileStamp;
import io.sekimori.durable.VersionLock;
import io.sekimori.identity.IdentityCode;
import io.sekimori.identity.IdentityException;
import io.sekimori.trust.Activation;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The durable data of an enrolment: {@code identity.json}, what came of it; {@code pending}, the activation of one that
 * was begun and whose end is not known; {@code renewed}, a certificate that is still to be proved;
 * {@code issuers.json} and {@code issuers-2.json}, which issuing CAs are revoked; {@code lock}. Thread-safe, also against another
 * version of this class.
 */
final class IdentityFolder {

    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final Path folder;
    private final Path identity;
    private final Path pending;
    private final Path renewed;
    private final KnownIssuers issuers;
    private volatile @Nullable Read last;

    /** What a look at the file found; {@code stamp} tells another file of the same name. */
    private record Read(
            String stamp, Optional<Kept> kept, @Nullable IdentityException failure) {}

    IdentityFolder(Path folder) {
        this.folder = folder;
        this.identity = folder.resolve("identity.json");
        this.pending = folder.resolve("pending");
        this.renewed = folder.resolve("renewed");
        this.issuers = new KnownIssuers(folder);
    }

    /** Which issuing CAs of the console count. */
    KnownIssuers issuers() {
        return issuers;
    }

    /** Whether a chain leads over an issuing CA that this gateway knows to be revoked; one that knows nothing refuses nobody. */
    boolean revoked(List<X509Certificate> chain) {
        try {
            Optional<Kept> now = kept();
            return now.isPresent() && issuers.refuses(chain, now.get().enrolled());
        } catch (IdentityException e) {
            return false; // whoever enrols it anew puts that right, and connections are refused until then
        }
    }

    /** What the gateway is; looks at the file's attributes, and reads it if another one lies there. */
    Optional<Kept> kept() throws IdentityException {
        Read current = look();
        if (current.failure() != null) {
            throw current.failure();
        }
        return current.kept();
    }

    private Read look() {
        Read before = last; // read once: another thread may set it
        try {
            String stamp = FileStamp.of(identity);
            if (before == null || !before.stamp().equals(stamp)) {
                before = new Read(stamp, Optional.of(Kept.parse(Files.readAllBytes(identity))), null);
                last = before;
            }
            return before;
        } catch (NoSuchFileException e) {
            return new Read("", Optional.empty(), null);
        } catch (IOException | MalformedJson e) {
            return new Read(
                    "",
                    Optional.empty(),
                    new IdentityException(IdentityCode.IDENTITY_UNREADABLE, String.valueOf(e.getMessage()), e));
        }
    }

    /** The identity with the renewed certificate that is still to be proved; one that cannot be read is none. */
    Optional<Kept> renewed() throws IOException {
        try {
            return Optional.of(Kept.parse(Files.readAllBytes(renewed)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (MalformedJson e) {
            dropRenewed();
            return Optional.empty();
        }
    }

    /** Keeps a renewed certificate beside the one in use, until it has been proved. */
    void keepRenewed(Kept next) throws IOException {
        DurableFile.replace(renewed, next.bytes());
    }

    /** Makes the renewed certificate the one in use, by one rename. */
    void adopt(Kept next) throws IOException {
        DurableFile.replace(identity, next.bytes());
        dropRenewed();
    }

    /** Forgets a renewed certificate. */
    void dropRenewed() throws IOException {
        if (Files.deleteIfExists(renewed)) {
            DurableFile.syncDirectory(folder);
        }
    }

    /** Keeps what came of an enrolment, and forgets that it was begun. */
    void keep(Kept now) throws IOException {
        issuers.dropUnreadable();
        DurableFile.replace(identity, now.bytes());
        wipe(pending);
    }

    /** Remembers that an enrolment is begun, so that it goes on after a power cut. */
    void begin(Activation activation) throws IOException {
        byte[] file = activation.bytes();
        try {
            DurableFile.replace(pending, file);
        } finally {
            Arrays.fill(file, (byte) 0);
        }
    }

    /** Forgets an enrolment that was begun. */
    void giveUp() throws IOException {
        wipe(pending);
    }

    /** Where the activation of an enrolment lies that was begun. */
    Path pending() {
        return pending;
    }

    /** The right to enrol; empty if somebody else has it. */
    Optional<VersionLock> lock() throws IOException {
        DurableFile.makeDirectory(folder);
        return VersionLock.take(folder.resolve("lock"), PATIENCE);
    }

    /** Overwrites a file with a secret and deletes it; does nothing if there is none. Flash memory may keep a copy. */
    static void wipe(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.write(new byte[(int) Math.min(open.length(), Activation.MAX_BYTES)]);
            open.getFD().sync();
        }
        Files.deleteIfExists(file);
        DurableFile.syncDirectory(file.toAbsolutePath().getParent());
    }
}
