package io.sekimori.generation;

import io.sekimori.trust.Refusal;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.Vouching;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a generation while it runs. Unlike {@link GenerationVerifier} it goes on behind what does not hold, and says of
 * each file what it is. Between two whole looks it only asks whether any file was touched, by the time of its last change
 * (which who writes cannot set), its length and its number; one that was is a reason to look at everything.
 *
 * <p>Thread-safe; one look is made at a time. Changes nothing, and never throws for what is on the disk.
 */
public final class Inspection {

    private final Unit unit;
    private final GenerationVerifier verifier;
    private int inspected;
    private Map<Path, String> marks = Map.of();
    private @Nullable Found last;

    /** For this unit. */
    public Inspection(Unit unit) {
        this.unit = unit;
        this.verifier = new GenerationVerifier(unit);
    }

    /**
     * What was found.
     *
     * @param generation as its manifest says; empty if that cannot be read
     * @param evidence why the evidence does not vouch for the manifest, or anchors or manifest cannot be read; empty if it
     *     does. Nothing is vouched for then, whatever the files are.
     * @param bundles digest to why its file is not what it should be; a digest that is absent is right
     * @param slot what is wrong with the files the launcher starts from
     * @param device SHA-256 of the device key that the evidence assigned this generation to; empty if it does not vouch
     */
    public record Found(
            Optional<Generation> generation,
            Optional<Refusal> evidence,
            Map<String, Refusal> bundles,
            List<Refusal> slot,
            Optional<String> device) {

        /** Copies map and list. */
        public Found {
            bundles = Collections.unmodifiableMap(new TreeMap<>(bundles));
            slot = List.copyOf(slot);
        }
    }

    /**
     * Inspects a generation.
     *
     * @param number of the generation; below 1 if none is known, which vouches for nothing
     * @param whole whether every file is hashed, and every signature verified, even if nothing was touched
     */
    public synchronized Found inspect(int number, boolean whole) {
        if (number < 1) {
            Refusal none = new Refusal(GenerationCode.GENERATION_MISSING, "no generation is known to run");
            return new Found(Optional.empty(), Optional.of(none), Map.of(), List.of(), Optional.empty());
        }
        Map<Path, String> now = marks(number);
        Found known = last;
        if (!whole && known != null && inspected == number && now.equals(marks)) {
            return known;
        }
        // The marks are older than what is read now: a change in between is seen by the next look.
        Found found = inspect(number);
        inspected = number;
        marks = now;
        last = found;
        return found;
    }

    private Found inspect(int number) {
        Optional<Generation> generation = Optional.empty();
        Map<String, Refusal> bundles = new TreeMap<>();
        List<Refusal> slot = new ArrayList<>();
        try {
            Generation manifest = verifier.manifest(number);
            generation = Optional.of(manifest);
            for (GenerationBundle bundle : manifest.bundles()) {
                check(ExpectedFile.bundle(bundle, unit.store().path(bundle.sha256())))
                        .ifPresent(refusal -> bundles.put(bundle.sha256(), refusal));
            }
            Vouching.Vouched vouched = verifier.prove(manifest, number, verifier.nameplate());
            slot(manifest, vouched, slot);
            return new Found(
                    generation,
                    Optional.empty(),
                    bundles,
                    slot,
                    Optional.of(vouched.assignment().device()));
        } catch (TrustException e) {
            return new Found(generation, Optional.of(e.refusal()), bundles, slot, Optional.empty());
        }
    }

    private void slot(Generation generation, Vouching.Vouched vouched, List<Refusal> wrong) {
        SlotFiles files = SlotFiles.of(vouched.assignment());
        try {
            new SlotReader(unit).read(generation.slot(), files);
            if (files.java().isPresent()) {
                RuntimeFiles.differenceOf(unit.slot(generation.slot()))
                        .ifPresent(path -> wrong.add(new Refusal(GenerationCode.SLOT_DIFFERS, path)));
            }
        } catch (TrustException e) {
            wrong.add(e.refusal());
        } catch (IOException | UncheckedIOException e) {
            wrong.add(new Refusal(GenerationCode.FILE_UNREADABLE, "the Java runtime: " + e));
        }
        ExpectedFile.slot(vouched.assignment(), unit.slot(generation.slot()))
                .forEach(file -> check(file).ifPresent(wrong::add));
    }

    private static Optional<Refusal> check(ExpectedFile file) {
        try {
            file.require();
            return Optional.empty();
        } catch (TrustException e) {
            return Optional.of(e.refusal());
        }
    }

    /** Every file that the answer depends on. */
    private Map<Path, String> marks(int number) {
        Map<Path, String> found = new TreeMap<>();
        mark(unit.trust(), found);
        mark(unit.generation(number), found);
        try {
            Generation manifest = verifier.manifest(number);
            manifest.bundles().forEach(bundle -> mark(unit.store().path(bundle.sha256()), found));
            mark(unit.slot(manifest.slot()), found);
        } catch (TrustException e) {
            found.put(unit.generationFile(number), e.refusal().toString());
        }
        return found;
    }

    private static void mark(Path path, Map<Path, String> found) {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.toList()) {
                found.put(
                        file,
                        Files.readAttributes(file, "unix:ctime,size,ino", LinkOption.NOFOLLOW_LINKS)
                                .toString());
            }
        } catch (NoSuchFileException e) {
            found.put(path, "missing");
        } catch (IOException | UncheckedIOException e) {
            found.put(path, String.valueOf(e.getMessage()));
        }
    }
}
