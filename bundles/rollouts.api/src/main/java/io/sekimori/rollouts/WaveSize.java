package io.sekimori.rollouts;

/**
 * How many gateways a wave takes.
 *
 * @param amount at least 1; of percent at most 100
 * @param percent whether it is a share of all targets, rounded up
 */
public record WaveSize(int amount, boolean percent) {

    /** @throws IllegalArgumentException if the amount is out of its bounds */
    public WaveSize {
        Bounds.require(amount >= 1 && (!percent || amount <= 100), "a wave takes at least 1, and at most 100 percent");
    }

    /**
     * From {@code 5} or {@code 10%}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static WaveSize parse(String text) {
        Bounds.require(text.matches("[0-9]{1,6}%?"), "a wave is a number, or a number and %");
        boolean percent = text.endsWith("%");
        return new WaveSize(Integer.parseInt(percent ? text.substring(0, text.length() - 1) : text), percent);
    }

    /** How many of {@code total}, at least 1. */
    public int of(int total) {
        return percent ? (int) Math.max(1, ((long) total * amount + 99) / 100) : amount;
    }

    @Override
    public String toString() {
        return percent ? amount + "%" : Integer.toString(amount);
    }
}
