package io.sekimori.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The packs that lie on sticks or were uploaded. Links are not followed, nothing but files is taken, and how much is
 * looked at is bounded: a stick is anybody's. Stateless.
 */
final class Packs {

    /** What the folder of sticks is like. */
    enum Media {
        READY,
        ABSENT,
        UNREADABLE
    }

    private static final int MOST_PACKS = 50;
    private static final int MOST_ENTRIES = 1_000;
    private static final int MOST_STICKS = 16;

    private final Path media;
    private final Path uploads;
    private final Shelf shelf;

    Packs(Path media, Path uploads, Shelf shelf) {
        this.media = media;
        this.uploads = uploads;
        this.shelf = shelf;
    }

    Media media() {
        if (!Files.isDirectory(media)) {
            return Media.ABSENT;
        }
        return Files.isReadable(media) ? Media.READY : Media.UNREADABLE;
    }

    /** Newest first. */
    List<Pack> all() {
        List<Pack> found = new ArrayList<>(in(uploads, Pack.Place.UPLOAD));
        found.addAll(shelf.look(() -> onSticks(media)));
        found.sort(Comparator.comparing(Pack::modified).reversed().thenComparing(Pack::name));
        return List.copyOf(found.subList(0, Math.min(MOST_PACKS, found.size())));
    }

    /** The pack of that id, if it is still there and the same. */
    Optional<Pack> find(String id) {
        return all().stream().filter(pack -> pack.id().equals(id)).findFirst();
    }

    /** What lies on sticks now, in no order. Waits for a stick that hangs. */
    static List<Pack> onSticks(Path media) {
        List<Pack> found = new ArrayList<>(in(media, Pack.Place.STICK));
        for (Path stick : sticks(media)) {
            found.addAll(in(stick, Pack.Place.STICK));
        }
        return List.copyOf(found);
    }

    private static List<Path> sticks(Path media) {
        List<Path> sticks = new ArrayList<>();
        for (Path each : entries(media)) {
            if (sticks.size() < MOST_STICKS && Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                sticks.add(each);
            }
        }
        return sticks;
    }

    private static List<Pack> in(Path folder, Pack.Place place) {
        List<Pack> found = new ArrayList<>();
        for (Path each : entries(folder)) {
            Pack pack = each.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip")
                            && !each.getFileName().toString().startsWith(".")
                    ? pack(each, place)
                    : null;
            if (pack != null && found.size() < MOST_PACKS) {
                found.add(pack);
            }
        }
        return found;
    }

    private static @Nullable Pack pack(Path file, Pack.Place place) {
        try {
            BasicFileAttributes facts =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return facts.isRegularFile()
                    ? Pack.of(
                            file, place, facts.size(), facts.lastModifiedTime().toInstant())
                    : null;
        } catch (IOException e) {
            return null; // pulled out just now
        }
    }

    private static List<Path> entries(Path folder) {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path each : all) {
                if (found.size() >= MOST_ENTRIES) {
                    break;
                }
                found.add(each);
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            found.clear(); // unreadable, or pulled out just now: the next look tells
        }
        return found;
    }
}
