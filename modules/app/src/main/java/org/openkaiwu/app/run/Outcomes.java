package org.openkaiwu.app.run;

/** Outcomes in words. */
public final class Outcomes {
    private Outcomes() {}

    /** Chinese for an outcome of a run or step. */
    public static String zh(String outcome) {
        return switch (outcome) {
            case "done" -> "完成";
            case "failed" -> "未完成";
            case "refused" -> "拒绝";
            case "asked" -> "询问";
            default -> outcome;
        };
    }
}
