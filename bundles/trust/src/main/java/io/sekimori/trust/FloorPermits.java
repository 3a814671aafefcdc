package io.sekimori.trust;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The permits of a release repository, as they travel in {@value #FILE} beside its metadata, and a root that says whose
 * signatures count. One that is damaged, forged or over neither helps nor harms the others. Immutable.
 */
public final class FloorPermits {

    /** The name of the file among those of the release repository. */
    public static final String FILE = "permits.json";

    /** The longest file. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int MOST = 32;
    private static final long FORMAT = 1;

    private final List<Envelope> entries;
    private final RootMetadata root;

    private FloorPermits(List<Envelope> entries, RootMetadata root) {
        this.entries = entries;
        this.root = root;
    }

    /**
     * What a decision was made by.
     *
     * @param file the permits as received, JSON in UTF-8
     * @param permits those that count
     */
    public record Used(String file, Set<Permit> permits) {
        public Used {
            permits = Set.copyOf(permits);
        }
    }

    /** @throws TrustException {@link TrustCode#PERMIT_MALFORMED} if it is no such file */
    static FloorPermits read(byte[] file, RootMetadata root) throws TrustException {
        try {
            if (file.length > MAX_BYTES) {
                throw new MalformedJson("longer than " + MAX_BYTES + " bytes");
            }
            JsonObject json = JsonObject.parse(file, MAX_BYTES);
            List<JsonObject> listed = json.objects("permits");
            if (json.number("format") != FORMAT || listed.size() > MOST) {
                throw new MalformedJson("another format than " + FORMAT + ", or more than " + MOST);
            }
            List<Envelope> entries = new ArrayList<>();
            for (JsonObject each : listed) {
                entries.add(envelope(JsonText.bytes(each.asMap())));
            }
            return new FloorPermits(List.copyOf(entries), root);
        } catch (MalformedJson | TrustException e) {
            throw new TrustException(TrustCode.PERMIT_MALFORMED, FILE + ": " + e.getMessage(), e);
        }
    }

    static FloorPermits none(RootMetadata root) {
        return new FloorPermits(List.of(), root);
    }

    /**
     * The permit that lets this gateway run this now, though it is below its floor.
     *
     * @param now the time that is trusted: one dated after it would last longer than {@link Permit#LONGEST} from now
     * @throws TrustException {@link TrustCode#PERMIT_SIGNATURES}, {@link TrustCode#PERMIT_EXPIRED} or {@link
     *     TrustCode#PERMIT_AHEAD} if there is one for it that says nothing, else {@link TrustCode#BELOW_FLOOR}
     */
    Permit demand(Permit.Item item, UnitFacts unit, Instant now) throws TrustException {
        return demand(item, unit, now, permit -> permit.begun(now));
    }

    private Permit demand(Permit.Item item, UnitFacts unit, Instant now, Predicate<Permit> begun)
            throws TrustException {
        Optional<TrustException> nearest = Optional.empty();
        for (Envelope entry : entries) {
            try {
                Permit permit = Permit.read(entry);
                if (!permit.isFor(unit) || !permit.releases().contains(item)) {
                    continue;
                }
                root.requireSigned(entry, Document.PERMIT);
                if (!begun.test(permit)) {
                    nearest = Optional.of(new TrustException(
                            TrustCode.PERMIT_AHEAD,
                            item.symbolicName() + "/" + item.version() + " is permitted from " + permit.issued()
                                    + ", and here it is " + now));
                    continue;
                }
                if (now.isBefore(permit.expires())) {
                    return permit;
                }
                nearest = Optional.of(new TrustException(
                        TrustCode.PERMIT_EXPIRED,
                        item.symbolicName() + "/" + item.version() + " was permitted until " + permit.expires()));
            } catch (TrustException e) {
                if (e.refusal().code() == TrustCode.PERMIT_SIGNATURES && nearest.isEmpty()) {
                    nearest = Optional.of(e);
                }
            }
        }
        throw nearest.orElseGet(() -> new TrustException(
                TrustCode.BELOW_FLOOR,
                item.symbolicName() + "/" + item.version() + " has counter " + item.counter()
                        + ", which is below the floor, and no permit names it for this gateway"));
    }

    /**
     * Why this gateway must not run what it accepted by a permit any more; empty if it lets it. Its date was judged when it was
     * accepted, by the assignment's if that is later than the clock: a late clock takes nothing away after that.
     */
    public Optional<Refusal> refusal(Permit.Item item, UnitFacts unit, Instant now) {
        try {
            demand(item, unit, now, permit -> true);
            return Optional.empty();
        } catch (TrustException e) {
            return Optional.of(e.refusal());
        }
    }

    /**
     * Adds one that people signed, in place of those that are over or that the root's keys no longer vouch for.
     *
     * @return false if it is there already
     * @throws TrustException {@link TrustCode#PERMIT_MALFORMED}, {@link TrustCode#PERMIT_SIGNATURES}, {@link
     *     TrustCode#PERMIT_EXPIRED}, or {@link PublishCode#ISSUED_AHEAD} before gateways see it
     */
    static boolean add(MetadataFiles files, RootMetadata root, byte[] signed, Instant now) throws IOException {
        Envelope next = envelope(signed);
        demandGood(next, root, now);
        Header.requireNotAhead(FILE, Optional.of(Permit.read(next).issued()), now);
        Set<Map<String, Object>> kept = new LinkedHashSet<>();
        for (Envelope each : load(files, root).entries) {
            try {
                demandGood(each, root, now);
                kept.add(json(each));
            } catch (TrustException e) {
                continue; // it is over: nobody can use it any more
            }
        }
        if (!kept.add(json(next))) {
            return false;
        }
        if (kept.size() > MOST) {
            throw new TrustException(TrustCode.PERMIT_MALFORMED, "more than " + MOST + " permits at a time");
        }
        files.save(FILE, JsonText.bytes(Map.of("format", FORMAT, "permits", List.copyOf(kept))));
        return true;
    }

    static FloorPermits load(MetadataFiles files, RootMetadata root) throws IOException {
        Optional<byte[]> file = files.fetch(FILE, MAX_BYTES);
        return file.isPresent() ? read(file.get(), root) : none(root);
    }

    /** Each by itself, as it is signed. */
    List<byte[]> documents() {
        return entries.stream().map(Envelope::bytes).toList();
    }

    private static void demandGood(Envelope envelope, RootMetadata root, Instant now) throws TrustException {
        Permit permit = Permit.read(envelope);
        root.requireSigned(envelope, Document.PERMIT);
        if (!now.isBefore(permit.expires())) {
            throw new TrustException(TrustCode.PERMIT_EXPIRED, "it ended at " + permit.expires());
        }
    }

    private static Envelope envelope(byte[] bytes) throws TrustException {
        return Envelope.parse("a permit", Document.PERMIT, bytes, TrustCode.PERMIT_MALFORMED);
    }

    private static Map<String, Object> json(Envelope envelope) {
        List<Map<String, String>> signatures = envelope.signatures().entrySet().stream()
                .map(signature -> Map.of("keyid", signature.getKey(), "sig", signature.getValue()))
                .toList();
        return Map.of("signatures", signatures, "signed", envelope.signed.asMap());
    }
}
