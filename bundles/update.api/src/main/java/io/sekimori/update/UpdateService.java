package io.sekimori.update;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The only way from one generation to the next. One transition is open at a time; whatever happens to it, the gateway
 * ends in the generation before or in the generation after, and says which.
 *
 * <p>Thread-safe. Replacing the provider while a transition is open hands the transition over; the identifier of the
 * transition stays the same, so that a caller who kept it can {@link #follow} it again through the new provider.
 */
@ProviderType
public interface UpdateService {

    /**
     * Says what {@link #apply} would do with this pack. Verifies, stages, compares and rehearses as {@link #apply} does,
     * then throws away what it staged; nothing that runs, no pointer and no trusted metadata change.
     *
     * @param pack a file with release metadata, an assignment and the files it names
     */
    PlanAnswer plan(Path pack);

    /** As {@link #plan(Path)}; downloads what this unit does not have, which {@link #apply} then need not do again. */
    PlanAnswer plan(UpdateSource source);

    /**
     * Says whether a pack is for this unit and what it would change, from what is signed alone: nothing of it is staged or
     * rehearsed, so that {@link #plan} may still refuse it, or find more that is interrupted. One that is slow to be read
     * keeps nobody else waiting.
     */
    PlanAnswer preview(Path pack);

    /** As {@link #preview(Path)}; nothing but metadata is downloaded. */
    PlanAnswer preview(UpdateSource source);

    /**
     * Starts a transition and answers at once; the work goes on in a thread of the provider.
     *
     * @param pack must stay readable until the outcome is known
     * @param origin who asked, for the audit
     * @param listener told of every step and, once, of the outcome; may be slow or throw without harm to the transition
     */
    ApplyAnswer apply(Path pack, Origin origin, ProgressListener listener);

    /**
     * As {@link #apply(Path, Origin, ProgressListener)}, if the pack still holds the assignment that was looked at:
     * a medium may answer differently the next time it is read.
     *
     * @param assignmentSha256 {@link Plan.Signed#sha256} of the plan that was shown
     * @throws IllegalArgumentException if that is not 64 lower-case hex digits
     */
    ApplyAnswer apply(Path pack, String assignmentSha256, Origin origin, ProgressListener listener);

    /**
     * As {@link #apply(Path, Origin, ProgressListener)}. What this unit does not have is downloaded, bounded and hashed
     * while it streams; what a try that ended early has brought is used by the next one, in this process or a later one.
     * While it downloads, progress counts bytes.
     *
     * @param source is asked until the first bundle is touched, and not after that
     */
    ApplyAnswer apply(UpdateSource source, Origin origin, ProgressListener listener);

    /**
     * Why what {@code origin} asks for would not be installed now, whatever it is: policy and time alone. A source that
     * asks by itself need not try as long as there is a reason.
     *
     * @return empty if only the update itself decides
     */
    Optional<Reason> hindrance(Origin origin);

    /**
     * When what {@code origin} asks for may begin by itself, as far as time alone hinders it: the end of what is put off,
     * and a window that is open then.
     *
     * @return empty if nothing hinders it, or something else than time
     */
    Optional<Instant> begins(Origin origin);

    /**
     * Puts off what would begin by itself, on the wish of a person on site. All that is put off until a generation is
     * confirmed counts together against a limit of the policy. What is asked for by hand is not put off.
     *
     * @param howLong from now on; zero has it begin again
     * @param origin who asks, for the audit
     */
    DeferAnswer defer(Duration howLong, Origin origin);

    /**
     * Asks the open transition to end. Until the moment of commit the gateway goes back to where it was.
     *
     * @return false if no transition of this id is open or its commit has begun
     */
    boolean cancel(String id);

    /**
     * Asks the open transition to end, if what the source's assignment takes back is what that transition brings. It is judged
     * as {@link #apply} would judge it, and nothing is kept of it: apply it once this transition has ended, so that what is
     * taken back is never accepted again.
     *
     * @return false if it takes back nothing that is open, if it is too late, or if it is not from the director
     */
    boolean takeBack(UpdateSource source);

    /**
     * Tells {@code listener} what happens from now on to a transition, or at once its outcome if it has ended and is
     * still among the {@link #recent} ones.
     *
     * @return false if the id is unknown
     */
    boolean follow(String id, ProgressListener listener);

    /** The transition that is under way, if any. */
    Optional<OpenTransition> open();

    /** The generation that runs now; empty if what runs is none that is known, as after tampering. */
    OptionalInt generation();

    /** Finished transitions, newest first, at most 20. */
    List<TransitionReport> recent();

    /**
     * What this unit says of itself now, signed by its device key: who it is, the generation that runs, every bundle with
     * its hash as just read from the disk, the versions of the metadata it trusts, and how the last transition ended. Its
     * sequence number is higher than that of every report before. {@code UnitReport} of the trust library reads it.
     *
     * @param nonce repeated in the report, so that the one who asks knows that it is fresh: 0 to 64 of
     *     {@code A-Z a-z 0-9 _ -}; empty for none
     * @return JSON in UTF-8
     * @throws UpdateException if the disk cannot be read, the device key cannot be used or the sequence number cannot be
     *     kept
     * @throws IllegalArgumentException if the nonce is malformed
     */
    byte[] report(String nonce) throws UpdateException;
}
