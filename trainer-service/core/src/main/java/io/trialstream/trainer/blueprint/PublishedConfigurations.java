package io.trialstream.trainer.blueprint;

import java.util.LinkedHashMap;
import java.util.Map;

/** The two configurations that the seed project publishes: references for shapes, throughput and accuracy. */
public final class PublishedConfigurations {

    private PublishedConfigurations() {}

    /** The seed's demo: inception pooling, four residual units a stage, two dense layers. */
    public static Map<String, Object> demo() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("lr_rate_mult", 1.0);
        values.put("l2_weight_reg_mult", 1.0);
        values.put("batch_size", 300);
        values.put("optimizer", "Nadam");
        values.put("coarse_labels_weight", 0.2);
        values.put("conv_dropout_drop_proba", 0.175);
        values.put("fc_dropout_drop_proba", 0.3);
        values.put("use_BN", true);
        values.put("first_conv", 4);
        values.put("residual", 4);
        values.put("conv_hiddn_units_mult", 1.0);
        values.put("nb_conv_pool_layers", 3);
        values.put("conv_pool_res_start_idx", 0.0);
        values.put("pooling_type", "inception");
        values.put("conv_kernel_size", 3.0);
        values.put("res_conv_kernel_size", 3.0);
        values.put("fc_units_1_mult", 1.0);
        values.put("one_more_fc", 1.0);
        values.put("activation", "elu");
        return values;
    }

    /** The seed's best: average pooling, three residual units a stage, one dense layer; 67.61 % fine accuracy. */
    public static Map<String, Object> best() {
        Map<String, Object> values = demo();
        values.put("activation", "elu");
        values.put("batch_size", 320.0);
        values.put("coarse_labels_weight", 0.3067103474295116);
        values.put("conv_dropout_drop_proba", 0.25923531175521264);
        values.put("conv_hiddn_units_mult", 1.5958302613876916);
        values.put("fc_dropout_drop_proba", 0.4322253354921089);
        values.put("fc_units_1_mult", 1.3083964454436132);
        values.put("first_conv", 3);
        values.put("l2_weight_reg_mult", 0.41206755600055983);
        values.put("lr_rate_mult", 0.6549347353077412);
        values.put("one_more_fc", null);
        values.put("pooling_type", "avg");
        values.put("res_conv_kernel_size", 2.0);
        values.put("residual", 3.0);
        return values;
    }
}
