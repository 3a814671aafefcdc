package io.sekimori.generation;

import io.sekimori.trust.DurableFile;
import io.sekimori.trust.Evidence;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.RefusalCode;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.Vouching;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Answers whether a generation on the disk is exactly what was accepted: the frozen evidence holds from the anchors
 * on, the manifest says what the evidence says, and every file has the digest it must have. Expiry is not looked at:
 * it decides acceptance, never a start. Changes nothing.
 *
 * <p>Thread-safe. Never throws for what is on the disk: doubt is a {@link Verification.Refused}.
 */
public final class GenerationVerifier {

    private static final int MAX_NAMEPLATE_BYTES = 1024 * 1024;

    private final Unit unit;

    /** A verifier for this unit. */
    public GenerationVerifier(Unit unit) {
        this.unit = unit;
    }

    /** Verifies the generation of that number whole. */
    public Verification verify(int number) {
        long start = System.nanoTime();
        try (ParallelHashing hashing = new ParallelHashing()) {
            Nameplate nameplate = nameplate();
            Generation generation = manifest(number);
            // What the manifest says is hashed while its signatures are verified; nothing of it is believed before.
            hashing.begin(bundles(generation));
            Vouching.Vouched vouched = prove(generation, number, nameplate);
            Slot slot = new SlotReader(unit).read(generation.slot(), SlotFiles.of(vouched.assignment()));
            hashing.begin(ExpectedFile.slot(vouched.assignment(), unit.slot(generation.slot())));
            hashing.requireAll();
            return new Verification.Verified(
                    generation, slot, hashing.files(), hashing.bytes(), Duration.ofNanos(System.nanoTime() - start));
        } catch (TrustException e) {
            return new Verification.Refused(e.refusal());
        }
    }

    /** What vouches for this manifest, from the anchors on; no file of the store is looked at. */
    Vouching.Vouched prove(Generation generation, int number, Nameplate nameplate) throws TrustException {
        Vouching vouching = Anchors.of(unit).verify(evidence(number));
        if (vouching instanceof Vouching.Refused refused) {
            throw new TrustException(refused.refusal().code(), refused.refusal().detail());
        }
        Vouching.Vouched vouched = (Vouching.Vouched) vouching;
        requireSame(generation, number, vouched);
        require(
                vouched.assignment().model().equals(nameplate.model()),
                GenerationCode.MODEL_DIFFERS,
                "made for model " + vouched.assignment().model());
        return vouched;
    }

    Nameplate nameplate() throws TrustException {
        try {
            return Nameplate.parse(DurableFile.read(unit.nameplate(), MAX_NAMEPLATE_BYTES)
                    .filter(bytes -> bytes.length <= MAX_NAMEPLATE_BYTES)
                    .orElseThrow(() -> new TrustException(
                            GenerationCode.NO_NAMEPLATE, unit.nameplate() + " is missing or too long")));
        } catch (MalformedJson e) {
            throw new TrustException(GenerationCode.NO_NAMEPLATE, e.getMessage(), e);
        } catch (TrustException e) {
            throw e;
        } catch (IOException e) {
            throw new TrustException(GenerationCode.NO_NAMEPLATE, e.toString(), e);
        }
    }

    Generation manifest(int number) throws TrustException {
        try {
            Optional<byte[]> bytes = DurableFile.read(unit.generationFile(number), Generations.MAX_MANIFEST_BYTES);
            return Generation.parse(bytes.orElseThrow(
                    () -> new TrustException(GenerationCode.GENERATION_MISSING, "generation " + number)));
        } catch (MalformedJson e) {
            throw new TrustException(
                    GenerationCode.GENERATION_MALFORMED, "generation " + number + ": " + e.getMessage(), e);
        } catch (TrustException e) {
            throw e;
        } catch (IOException e) {
            throw new TrustException(GenerationCode.GENERATION_UNREADABLE, "generation " + number + ": " + e, e);
        }
    }

    private Evidence evidence(int number) throws TrustException {
        try {
            return Evidence.read(unit.evidence(number));
        } catch (TrustException e) {
            throw e;
        } catch (IOException e) {
            throw new TrustException(GenerationCode.EVIDENCE_UNREADABLE, "generation " + number + ": " + e, e);
        }
    }

    private static void requireSame(Generation generation, int number, Vouching.Vouched vouched) throws TrustException {
        Generation derived;
        try {
            derived = Generation.of(number, generation.created(), vouched.assignment(), vouched.releases());
        } catch (IllegalArgumentException e) {
            throw new TrustException(GenerationCode.EVIDENCE_DIFFERS, "the evidence makes no generation", e);
        }
        // As written: the platform links a record's equals when it is first used, and each start would wait for that.
        require(
                GenerationJson.members(derived).equals(GenerationJson.members(generation)),
                GenerationCode.EVIDENCE_DIFFERS,
                "the manifest of generation " + number + " is not what its evidence says");
    }

    private List<ExpectedFile> bundles(Generation generation) {
        Store store = unit.store();
        return generation.bundles().stream()
                .map(bundle -> ExpectedFile.bundle(bundle, store.path(bundle.sha256())))
                .toList();
    }

    private static void require(boolean holds, RefusalCode code, String detail) throws TrustException {
        if (!holds) {
            throw new TrustException(code, detail);
        }
    }
}
