package io.sekimori.generation;

import io.sekimori.trust.TrustException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who could change a slot. It belongs to whom the folder of slots belongs to, root in production, with all that is in it, and nobody
 * else can write it; nor is there a folder above it in which another could put something in its place. What cannot be told is not so.
 *
 * @param unit the unit
 */
public record SlotRights(Unit unit) {

    private static final int OTHERS_WRITE = 022;
    private static final int STICKY = 01000;
    private static final int ROOT = 0;

    /** @param link it leads elsewhere */
    private record Facts(int owner, int mode, boolean link) {

        static Facts of(Path file) throws IOException {
            Map<String, Object> found = Files.readAttributes(file, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
            return new Facts((int) found.get("uid"), (int) found.get("mode"), Files.isSymbolicLink(file));
        }

        boolean othersWrite() {
            return (mode & OTHERS_WRITE) != 0;
        }
    }

    /**
     * What somebody else could change of a slot, one file or folder of it, and how it is; empty if there is none, as where the slot
     * itself is not there.
     */
    public Optional<String> difference(String slot) {
        Path folder = unit.slot(slot);
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return told(folder, () -> within(folder, Facts.of(unit.slots()).owner()));
    }

    /** @throws TrustException {@link GenerationCode#SLOT_WRITABLE} if somebody else could change something of it */
    public void demand(String slot) throws TrustException {
        demand(difference(slot));
    }

    /**
     * As whoever this process is, demands that nobody else could change the trust roots, or put others in the place of slots or trust
     * roots. Above the unit root may own it, too, and in a folder of many users each may have what is theirs.
     *
     * @throws TrustException {@link GenerationCode#SLOT_WRITABLE} if somebody could
     */
    public void demandAbove() throws TrustException {
        // Files that are made belong to whoever makes them, so this is what all that is relied on has to belong to.
        demand(told(unit.slots(), () -> above((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid"))));
    }

    private static void demand(Optional<String> othersMay) throws TrustException {
        if (othersMay.isPresent()) {
            throw new TrustException(GenerationCode.SLOT_WRITABLE, othersMay.get());
        }
    }

    private Optional<String> above(int owner) throws IOException {
        Optional<String> odd = odd(unit.slots(), Facts.of(unit.slots()), owner);
        if (odd.isEmpty()) {
            odd = odd(unit.slotHelper(), Facts.of(unit.slotHelper()), owner);
        }
        if (odd.isEmpty()) {
            odd = within(unit.trust(), owner);
        }
        for (Path each = unit.directory().toRealPath(); odd.isEmpty() && each != null; each = each.getParent()) {
            Facts facts = Facts.of(each);
            boolean own = facts.owner() == ROOT || facts.owner() == owner;
            boolean replaceable = facts.othersWrite() && (facts.mode() & STICKY) == 0;
            odd = own && !replaceable ? Optional.empty() : Optional.of(words(each, facts));
        }
        return odd;
    }

    private static Optional<String> within(Path folder, int owner) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Optional<String> odd = odd(file, Facts.of(file), owner);
                if (odd.isPresent()) {
                    return odd;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> odd(Path file, Facts facts, int owner) {
        return facts.link() || facts.owner() != owner || facts.othersWrite()
                ? Optional.of(words(file, facts))
                : Optional.empty();
    }

    private static String words(Path file, Facts facts) {
        return file + (facts.link() ? " is a link" : "") + " is of user " + facts.owner() + ", mode "
                + Integer.toOctalString(facts.mode() & 07777);
    }

    @FunctionalInterface
    private interface Looking {
        Optional<String> look() throws IOException;
    }

    private static Optional<String> told(Path what, Looking looking) {
        try {
            return looking.look();
        } catch (IOException | UncheckedIOException e) {
            return Optional.of(e.toString());
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.of("no owners on the file system of " + what);
        }
    }
}
