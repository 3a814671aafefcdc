package io.sekimori.launcher.main;

import io.sekimori.generation.GenerationCode;
import io.sekimori.generation.JarPublishers;
import io.sekimori.generation.RuntimeFiles;
import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.SlotRights;
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
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A slot while it is made, beside the place where it will appear by one rename. Every byte is hashed while it is copied into
 * what only root can write, so that nobody changes it between the check and the use.
 */
final class NewSlot {

    private final Unit unit;
    private final GuestFiles guest;
    private final Optional<JarPublishers> publishers;
    private final SlotRoom room;
    private final Map<String, List<Path>> known = new TreeMap<>();
    private final Map<String, List<Path>> knownJava = new TreeMap<>();

    /**
     * One to be made.
     *
     * @param room knows those that are there: what a new one has in common with them need not be brought again
     * @param now when publishers' signatures on jars are judged, where this unit demands them
     */
    NewSlot(Unit unit, GuestFiles guest, SlotRoom room, Instant now) throws IOException {
        this.unit = unit;
        this.publishers = JarPublishers.of(unit, now);
        this.guest = guest;
        this.room = room;
        for (Path slot : room.slots()) {
            try {
                SlotFiles files = Slot.read(slot).files();
                files.digests()
                        .forEach((name, sha256) ->
                                add(known, sha256, slot.resolve("lib").resolve(name)));
                files.java().ifPresent(sha256 -> add(knownJava, sha256, slot));
            } catch (IOException | MalformedJson e) {
                // What a damaged slot has is fetched again.
            }
        }
    }

    private static void add(Map<String, List<Path>> known, String sha256, Path where) {
        known.computeIfAbsent(sha256, unused -> new ArrayList<>()).add(where);
    }

    /**
     * Makes it appear, whole and on the disk; one that is there and damaged is put right in its place.
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
        Path folder = unit.slot(files.id());
        if (Files.exists(folder)) {
            new SlotMending(staging, folder).run();
            SlotRoom.clear(staging);
        } else {
            DurableFile.moveInto(staging, folder);
        }
    }

    private void java(Assigned item, Path staging) throws IOException {
        Path list = staging.resolve(RuntimeFiles.FILE);
        DurableFile.create(list, runtime(item, staging).bytes());
        readable(list);
    }

    private RuntimeFiles runtime(Assigned item, Path staging) throws IOException {
        Path home = staging.resolve("java");
        for (Path slot : knownJava.getOrDefault(item.sha256(), List.of())) {
            Optional<RuntimeFiles> here = whole(slot);
            if (here.isPresent()) {
                JavaImage.share(slot.resolve("java"), home);
                return here.get();
            }
        }
        Path jar = staging.resolve("java.jar");
        copy(item, jar);
        RuntimeFiles unpacked = JavaImage.unpack(jar, home, room::demand);
        Files.delete(jar);
        return unpacked;
    }

    /**
     * The Java runtime that another slot has, if it is whole there, and nobody else's: under a second name it would have the same
     * owner and mode. One that is not is brought again.
     */
    private Optional<RuntimeFiles> whole(Path slot) {
        try {
            new SlotRights(unit).demand(slot.getFileName().toString());
            return RuntimeFiles.differenceOf(slot).isPresent() ? Optional.empty() : RuntimeFiles.read(slot);
        } catch (IOException | UncheckedIOException | MalformedJson e) {
            return Optional.empty();
        }
    }

    private void copy(Assigned item, Path file) throws IOException {
        for (Path here : known.getOrDefault(item.sha256(), List.of())) {
            if (isWhole(here, item)) {
                copy(Files.newInputStream(here), item, file);
                return;
            }
        }
        try {
            guest.in(List.of("store", "sha256"), store -> {
                copy(GuestFiles.open(store, item.sha256()), item, file);
                return file;
            });
        } catch (NoSuchFileException e) {
            throw new TrustException(GenerationCode.FILE_MISSING, item.path(), e);
        }
        // What another slot has was asked for it when it came, or came with an archive.
        if (publishers.isPresent()) {
            publishers.get().demand(file, item.path(), () -> {});
        }
    }

    /** Whether it is right there; one that is damaged, or that the disk cannot read any more, is brought again. */
    private static boolean isWhole(Path here, Assigned item) {
        try (InputStream verified =
                new VerifiedStream(Files.newInputStream(here), item.path(), item.length(), item.sha256())) {
            verified.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (IOException e) {
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
        return forAll(Files.createDirectory(folder));
    }

    /** For all to look into, and for root to write. */
    static Path forAll(Path folder) throws IOException {
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void readable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
}
