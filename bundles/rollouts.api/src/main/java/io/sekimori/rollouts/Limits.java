package io.sekimori.rollouts;

/**
 * When a wave stops the rollout, and when it lets the next one go.
 *
 * @param failed so many {@link TargetState#FAILED} gateways of one wave are borne; one more stops the rollout
 * @param reverted the same for {@link TargetState#REVERTED}
 * @param refused the same for {@link TargetState#REFUSED}
 * @param silent the same for {@link TargetState#SILENT}
 * @param success percent of a wave's gateways that must be confirmed before the next wave goes, 0 to 100
 */
public record Limits(int failed, int reverted, int refused, int silent, int success) {

    /** Nothing is borne, and all must be confirmed. */
    public static final Limits STRICT = new Limits(0, 0, 0, 0, 100);

    /** @throws IllegalArgumentException if a number is negative or {@code success} beyond 100 */
    public Limits {
        Bounds.require(failed >= 0 && reverted >= 0 && refused >= 0 && silent >= 0, "limits are not negative");
        Bounds.require(success >= 0 && success <= 100, "success is 0 to 100 percent");
    }
}
