package io.sekimori.launcher.main;

import io.sekimori.generation.GenerationCode;
import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.Unit;
import io.sekimori.trust.Assigned;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.Kind;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.VerifiedStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A slot while it is made, beside the place where it will appear by one rename. Every byte is hashed while it is copied into
 * what only root can write, so that nobody changes it between the check and the use.
 */
final class NewSlot {

    private static final int MAX_SLOT_BYTES = 1 << 20;

    private final Unit unit;
    private final GuestFiles guest;
    private final Map<String, Path> known = new TreeMap<>();
    private final Map<String, Path> knownJava = new TreeMap<>();

    /** @param slots those that are there: what a new one has in common with them need not be brought again */
    NewSlot(Unit unit, GuestFiles guest, List<Path> slots) throws IOException {
        this.unit = unit;
        this.guest = guest;
        for (Path slot : slots) {
            try {
                SlotFiles files = read(slot).files();
                files.digests()
                        .forEach((name, sha256) ->
                                known.put(sha256, slot.resolve("lib").resolve(name)));
                files.java().ifPresent(sha256 -> knownJava.put(sha256, slot.resolve("java")));
            } catch (IOException | MalformedJson e) {
                // What a damaged slot has is fetched again.
            }
        }
    }

    static Slot read(Path folder) throws IOException, MalformedJson {
        return Slot.parse(DurableFile.read(folder.resolve("slot.json"), MAX_SLOT_BYTES)
                .orElseThrow(() -> new IOException("there is no slot " + folder.getFileName())));
    }

    /**
     * Makes it appear, whole and on the disk.
     *
     * @param items what is assigned of launcher, framework and Java runtime
     * @param before the slot that is at work, whose Java runtime serves this one, too, if none is assigned
     */
    void make(SlotFiles files, List<Assigned> items, Slot before) throws IOException {
        Path staging = unit.slotHelper().resolve("new");
        SlotRoom.clear(staging);
        Path lib = folder(folder(staging).resolve("lib"));
        for (Assigned item : items) {
            if (item.kind() == Kind.JAVA) {
                java(item, staging);
            } else {
                copy(item, lib.resolve(SlotFiles.fileName(item)));
            }
        }
        Path facts = staging.resolve("slot.json");
        String installed = before.installed().orElse(before.java());
        Slot slot = files.java().isEmpty()
                ? new Slot(installed, files)
                : new Slot(unit.slot(files.id()).resolve("java").toString(), files, Optional.of(installed));
        DurableFile.create(facts, slot.bytes());
        readable(facts);
        DurableFile.syncDirectory(lib);
        DurableFile.syncDirectory(staging);
        DurableFile.moveInto(staging, unit.slot(files.id()));
    }

    private void java(Assigned item, Path staging) throws IOException {
        Path home = staging.resolve("java");
        Path here = knownJava.get(item.sha256());
        if (here != null) {
            JavaImage.share(here, home);
            return;
        }
        Path jar = staging.resolve("java.jar");
        copy(item, jar);
        JavaImage.unpack(jar, home);
        Files.delete(jar);
    }

    private void copy(Assigned item, Path file) throws IOException {
        Path here = known.get(item.sha256());
        if (here != null && copied(here, item, file)) {
            return;
        }
        try {
            guest.in(List.of("store", "sha256"), store -> {
                copy(GuestFiles.open(store, item.sha256()), item, file);
                return file;
            });
        } catch (NoSuchFileException e) {
            throw new TrustException(GenerationCode.FILE_MISSING, item.path(), e);
        }
    }

    /** Whether it was right there; one that is damaged is brought again. */
    private static boolean copied(Path here, Assigned item, Path file) throws IOException {
        try {
            copy(Files.newInputStream(here), item, file);
            return true;
        } catch (TrustException | NoSuchFileException e) {
            Files.deleteIfExists(file);
            return false;
        }
    }

    private static void copy(InputStream from, Assigned item, Path file) throws IOException {
        try (InputStream verified = new VerifiedStream(from, item.path(), item.length(), item.sha256());
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = Channels.newOutputStream(channel);
            verified.transferTo(out);
            readable(file);
            channel.force(true);
        }
    }

    static Path folder(Path folder) throws IOException {
        Files.createDirectory(folder);
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void readable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
}
