package io.sekimori.identity.device;

import io.sekimori.durable.DurableFile;
import io.sekimori.durable.FileStamp;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.IdentityCode;
import io.sekimori.identity.IdentityException;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which issuing CAs of the console its root has revoked, and which count instead: {@code issuers.json}, and {@code issuers-2.json} for when
 * the disk damages that. Once heard it is never forgotten, since whoever has a revoked key would like that: of two that can be read the
 * newest counts. Of another root than the one asked for, nothing is known. Thread-safe; who takes something new, or mends, holds the
 * folder's lock.
 */
final class KnownIssuers {

    private static final String NONE = "none";
    private static final String DAMAGED = "damaged";

    private final Path first;
    private final List<Path> files;
    private volatile List<Copy> last = List.of();
    // What a running gateway has read once it goes by, whatever the disk makes of both copies.
    private volatile Optional<IssuersFile> remembered = Optional.empty();

    /** What a look at one of the files found; {@code stamp} tells another file of the same name. */
    private record Copy(
            Path file,
            String stamp,
            Optional<IssuersFile> whole,
            @Nullable Exception damage) {}

    KnownIssuers(Path folder) {
        this.first = folder.resolve("issuers.json");
        this.files = List.of(first, folder.resolve("issuers-2.json"));
    }

    /** Whom the other side must lead to: the console's CA, or of its issuing CAs those that count, once one was revoked. */
    List<X509Certificate> anchors(Enrolled who) throws IdentityException {
        return of(root(who)).map(IssuersFile::issuers).orElse(who.anchors());
    }

    /** Whether a chain leads over an issuing CA that the root of {@code who} has revoked. */
    boolean refuses(List<X509Certificate> chain, Enrolled who) throws IdentityException {
        return of(root(who))
                .filter(known -> chain.stream().anyMatch(known.list()::revokes))
                .isPresent();
    }

    /** The list among those sent that says more than is known, and leaves somebody to be trusted; empty if there is none. */
    Optional<RootList> news(List<X509Certificate> sent, Collection<X509CRL> lists, Enrolled who, Instant now)
            throws IdentityException {
        Optional<RootList> heard = RootList.newest(lists, root(who));
        if (heard.isEmpty() || heard.get().revoked().isEmpty()) {
            return Optional.empty();
        }
        Optional<RootList> before = of(root(who)).map(IssuersFile::list);
        boolean follows = before.isEmpty() || heard.get().follows(before.get());
        // Where nobody were left to be trusted, nobody could say otherwise ever after.
        return follows && !good(sent, heard.get(), root(who), now).isEmpty() ? heard : Optional.empty();
    }

    /** Keeps a list that was {@link #news}, durably: from now on what it revokes is refused. {@link #mend} makes the second copy. */
    void take(RootList list, List<X509Certificate> sent, Enrolled who, Instant now) throws IOException {
        X509Certificate root = root(who);
        DurableFile.replace(first, new IssuersFile(root, list, good(sent, list, root, now)).bytes());
    }

    /**
     * Makes both files say the newest that they, or this process, have said; reads them again, since a disk changes bytes and not the
     * time. Whatever interrupts it, a file that says the newest stays, as it is not written. The names of those that were damaged, and of
     * the first if it was gone.
     */
    List<String> mend(Enrolled who) throws IdentityException, IOException {
        List<Copy> copies = look(List.of());
        Optional<IssuersFile> newest = newest(copies, root(who));
        List<String> lost = new ArrayList<>();
        for (Copy each : copies) {
            if (newest.isPresent() && !each.whole().equals(newest)) {
                DurableFile.replace(each.file(), newest.get().bytes());
                if (each.damage() != null
                        || each.whole().isEmpty() && each.file().equals(first)) {
                    lost.add(String.valueOf(each.file().getFileName()));
                }
            }
        }
        return lost;
    }

    /** Forgets what cannot be read: whoever enrols the gateway anew stands beside it, and it would be cut off for ever. */
    void dropUnreadable() throws IOException {
        for (Copy each : look(List.of())) {
            if (each.damage() != null) {
                Files.deleteIfExists(each.file());
                DurableFile.syncDirectory(each.file().toAbsolutePath().getParent());
            }
        }
    }

    private static List<X509Certificate> good(
            List<X509Certificate> sent, RootList list, X509Certificate root, Instant now) {
        return sent.stream()
                .filter(each ->
                        !each.equals(root) && IssuersFile.made(root, each) && !list.revokes(each) && isValid(each, now))
                .toList();
    }

    private static boolean isValid(X509Certificate issuer, Instant now) {
        Date date = Date.from(now);
        return !date.before(issuer.getNotBefore()) && !date.after(issuer.getNotAfter());
    }

    private Optional<IssuersFile> of(X509Certificate root) throws IdentityException {
        List<Copy> copies = look(last);
        last = copies;
        return newest(copies, root).filter(each -> each.isOf(root));
    }

    // One that is whole speaks for one that is damaged: unless something came between their writes, they said the same.
    private Optional<IssuersFile> newest(List<Copy> copies, X509Certificate root) throws IdentityException {
        Optional<IssuersFile> newest = Stream.concat(
                        copies.stream().flatMap(each -> each.whole().stream()), remembered.stream())
                .max(IssuersFile.byNewsOf(root));
        for (Copy each : copies) {
            Exception damage = each.damage();
            if (newest.isEmpty() && damage != null) {
                throw new IdentityException(
                        IdentityCode.IDENTITY_UNREADABLE,
                        each.file().getFileName() + ": " + damage.getMessage(),
                        damage);
            }
        }
        remembered = newest;
        return newest;
    }

    private List<Copy> look(List<Copy> before) {
        return files.stream()
                .map(file -> look(
                        file,
                        before.stream().filter(each -> each.file().equals(file)).findFirst()))
                .toList();
    }

    private static Copy look(Path file, Optional<Copy> before) {
        try {
            String stamp = FileStamp.of(file); // before the file: one that comes after it is seen by the next look
            return before.isPresent() && before.get().stamp().equals(stamp)
                    ? before.get()
                    : new Copy(file, stamp, Optional.of(IssuersFile.parse(Files.readAllBytes(file))), null);
        } catch (NoSuchFileException e) {
            return new Copy(file, NONE, Optional.empty(), null);
        } catch (IOException | MalformedJson | GeneralSecurityException | IllegalArgumentException e) {
            return new Copy(file, DAMAGED, Optional.empty(), e);
        }
    }

    private static X509Certificate root(Enrolled who) {
        return who.anchors().get(0);
    }
}
