package io.sekimori.rollouts;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The rollouts of this console. All of their state is in the records: whichever console works on them, and whenever one
 * is cut off, nothing is lost and nothing is done twice to harm.
 *
 * <p>Thread-safe.
 */
@ProviderType
public interface Rollouts {

    /** The most rollouts or targets of one page. */
    int MAX_PAGE = 500;

    /** The most rollouts that are told of one gateway. */
    int MAX_STANDINGS = 20;

    /**
     * Makes a rollout and begins it: its gateways are those that are there now. Audited first.
     *
     * @param actor who asks, for the audit: 1 to 200 characters
     * @throws RolloutException if the records cannot be reached
     */
    RolloutAnswer create(Draft draft, String actor) throws RolloutException;

    /**
     * Does what a person orders. Audited first.
     *
     * @param revision the revision this was decided on; empty to act on whatever is there
     * @throws RolloutException if the records cannot be reached
     */
    RolloutAnswer act(String id, Action action, OptionalLong revision, String actor) throws RolloutException;

    /**
     * Takes back what is on its way to one gateway, in whatever rollout: what waits is not assigned, and of what is assigned the
     * director signs that it is void. What the gateway has confirmed by then stays. The rollouts go on without it. Audited first.
     *
     * @return the newest rollout that was on its way; its target is {@link TargetState#CANCELLED} once the gateway has proved that,
     *     and {@link TargetState#CONFIRMED} with {@link RolloutCode#TAKEN_BACK_TOO_LATE} if it has not heard of it in time
     * @throws RolloutException if the records cannot be reached
     */
    RolloutAnswer takeBack(String gateway, String actor) throws RolloutException;

    /**
     * Where one gateway stands in the rollouts that it is or was in, the newest first, at most {@value #MAX_STANDINGS}.
     *
     * @throws RolloutException if the records cannot be reached
     */
    List<Standing> standing(String gateway) throws RolloutException;

    /**
     * One rollout, its counts taken from its targets at this moment.
     *
     * @throws RolloutException if the records cannot be reached
     */
    Optional<Rollout> get(String id) throws RolloutException;

    /**
     * Rollouts, the newest first.
     *
     * @param after the id of the last one of the page before; empty for the first page
     * @param limit 1 to {@value #MAX_PAGE}
     * @throws RolloutException if the records cannot be reached
     */
    List<Rollout> page(Optional<String> after, int limit) throws RolloutException;

    /**
     * Targets of a rollout in the order of their positions; empty if there is no such rollout.
     *
     * @param state only those in this state
     * @param after the last position of the page before; empty for the first page
     * @param limit 1 to {@value #MAX_PAGE}
     * @throws RolloutException if the records cannot be reached
     */
    List<Target> targets(String id, Optional<TargetState> state, OptionalInt after, int limit) throws RolloutException;

    /**
     * Takes what a gateway says about its progress. It is shown, and {@link TargetState#ASSIGNED} becomes
     * {@link TargetState#IN_PROGRESS}; no outcome ever follows from it, since it is not signed.
     *
     * @param gateway who says it, as far as the broker vouches
     * @param progress cut to 200 characters, control characters replaced
     * @throws RolloutException if the records cannot be reached
     */
    void progress(String gateway, String progress) throws RolloutException;
}
