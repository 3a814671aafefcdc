package io.sekimori.update.engine;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Nameplate;
import io.sekimori.generation.Unit;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.trust.Acceptance;
import io.sekimori.trust.BuildTime;
import io.sekimori.trust.Carrier;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.UnitFacts;
import io.sekimori.trust.UpdateVerifier;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import io.sekimori.update.UpdateSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Asks trust whether an update is for this gateway, now. Thread-safe. */
final class Acceptor {

    private static final int MAX_BYTES = 1 << 20;
    private static final String ASSIGNMENT = "targets.json";

    private final Unit unit;
    private final Surroundings around;

    Acceptor(Surroundings around) {
        this.unit = around.unit();
        this.around = around;
    }

    /**
     * Accepts for good: the trusted metadata move forward.
     *
     * @param now     when this began, the one time that every expiry is compared with
     * @param claimed told the version that the assignment has, or claims to have, before it is judged
     */
    Acceptance.Accepted accept(
            UpdateSource source, Carrier carrier, Confirmed confirmed, Instant now, LongConsumer claimed)
            throws Stopped {
        return accept(source, carrier, confirmed, now, claimed, unit.metadata());
    }

    /** Says what {@link #accept} would say, on a copy of the trusted metadata. */
    Acceptance.Accepted tryOut(UpdateSource source, Carrier carrier, Confirmed confirmed, Instant now) throws Stopped {
        return tryOut(source, carrier, confirmed, now, Tidy.PLAN);
    }

    /** As above; the copy's folder begins with {@code prefix}, by which {@link Tidy} knows whose it is. */
    Acceptance.Accepted tryOut(UpdateSource source, Carrier carrier, Confirmed confirmed, Instant now, String prefix)
            throws Stopped {
        try {
            Files.createDirectories(unit.run());
            Path copy = Files.createTempDirectory(unit.run(), prefix);
            try {
                copy(unit.metadata(), copy);
                return accept(source, carrier, confirmed, now, version -> {}, copy);
            } finally {
                delete(copy);
            }
        } catch (IOException e) {
            throw new Stopped(UpdateCode.STATE_UNREADABLE, "the trusted metadata cannot be copied", e);
        }
    }

    private Acceptance.Accepted accept(
            UpdateSource source, Carrier carrier, Confirmed confirmed, Instant now, LongConsumer claimed, Path metadata)
            throws Stopped {
        UpdateVerifier verifier = new UpdateVerifier(
                metadata, read(unit.releaseAnchor()), read(unit.directorAnchor()), BuildTime.instant());
        Acceptance answer = verifier.verify(
                source::releaseMetadata,
                (name, maxBytes) -> {
                    Optional<byte[]> bytes = source.directorMetadata(name, maxBytes);
                    if (name.equals(ASSIGNMENT) && bytes.isPresent()) {
                        ClaimedVersion.of(bytes.get()).ifPresent(claimed);
                    }
                    return bytes;
                },
                facts(),
                confirmed.floors(),
                now,
                carrier);
        if (answer instanceof Acceptance.Accepted accepted) {
            return accepted;
        }
        var refusal = ((Acceptance.Refused) answer).refusal();
        throw new Stopped(new Reason(refusal.code().name(), refusal.detail()));
    }

    UnitFacts facts() throws Stopped {
        try {
            return new UnitFacts(
                    device(), Nameplate.parse(read(unit.nameplate())).model());
        } catch (MalformedJson e) {
            throw new Stopped(UpdateCode.STATE_UNREADABLE, "trust/unit.json", e);
        }
    }

    private String device() throws Stopped {
        Keys keys = around.capabilities()
                .keys()
                .orElseThrow(() -> new Stopped(UpdateCode.KEYS_UNAVAILABLE, "no keys service is there"));
        try {
            return keys.publicKey(Keys.DEVICE)
                    .orElseThrow(() -> new Stopped(UpdateCode.KEYS_UNAVAILABLE, "there is no device key"))
                    .id();
        } catch (KeyException e) {
            throw new Stopped(UpdateCode.KEYS_UNAVAILABLE, "the device key cannot be used", e);
        }
    }

    static byte[] read(Path file) throws Stopped {
        try {
            return DurableFile.read(file, MAX_BYTES)
                    .filter(bytes -> bytes.length <= MAX_BYTES)
                    .orElseThrow(() ->
                            new Stopped(UpdateCode.STATE_UNREADABLE, file.getFileName() + " is missing or too long"));
        } catch (IOException e) {
            throw new Stopped(UpdateCode.STATE_UNREADABLE, file.getFileName() + " cannot be read", e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
