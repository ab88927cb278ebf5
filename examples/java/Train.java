/** Gradient descent on (x - 3)², printed as any program prints it. */
public final class Train {
    private Train() {}

    /** Takes {@code --lr=NUMBER}. */
    public static void main(String[] arguments) {
        double rate = Double.parseDouble(arguments[0].substring("--lr=".length()));
        double x = 0;
        for (int epoch = 1; epoch <= 3; epoch++) {
            x -= rate * 2 * (x - 3);
            System.out.printf(java.util.Locale.ROOT, "epoch %d loss=%.6e%n", epoch, (x - 3) * (x - 3));
        }
    }
}
