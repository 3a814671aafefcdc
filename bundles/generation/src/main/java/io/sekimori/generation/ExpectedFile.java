package io.sekimori.generation;

import io.sekimori.trust.Assigned;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.TrustException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** A file and what the evidence says of it. */
record ExpectedFile(
        Path file, String name, long length, String sha256, GenerationCode missing, GenerationCode differs) {

    static ExpectedFile bundle(GenerationBundle bundle, Path file) {
        return new ExpectedFile(
                file,
                bundle.name(),
                bundle.length(),
                bundle.sha256(),
                GenerationCode.FILE_MISSING,
                GenerationCode.FILE_DIFFERS);
    }

    static List<ExpectedFile> slot(Assignment assignment, Path slot) {
        return assignment.items(Kind.SLOT).stream()
                .map(item -> slotFile(item, slot.resolve("lib").resolve(SlotFiles.fileName(item))))
                .toList();
    }

    private static ExpectedFile slotFile(Assigned item, Path file) {
        return new ExpectedFile(
                file,
                "slot file " + SlotFiles.fileName(item),
                item.length(),
                item.sha256(),
                GenerationCode.SLOT_MISSING,
                GenerationCode.SLOT_DIFFERS);
    }

    /** Hashes the file; refuses unless it is a regular file of that length and digest. */
    void require() throws TrustException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!found.isRegularFile()) {
                throw new TrustException(missing, name + " is not a file");
            }
            if (found.size() != length) {
                throw new TrustException(differs, name + " has " + found.size() + " bytes, not " + length);
            }
            if (!Sha256.hex(file).equals(sha256)) {
                throw new TrustException(differs, name + " does not have the digest " + sha256);
            }
        } catch (TrustException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new TrustException(missing, name + " is not there", e);
        } catch (IOException e) {
            throw new TrustException(GenerationCode.FILE_UNREADABLE, name + ": " + e, e);
        }
    }
}
