// Ends in every way a design can end.
module stopper (
  input              clk,
  input              reset,
  input       [2:0]  action,
  output reg  [15:0] count
);
  // a loop that never settles
  wire loop = action == 3'd6 & ~loop;
  always @(posedge clk) begin
    count <= reset ? 16'd0 : count + 16'd1 + {15'd0, loop};
    if (!reset) begin
      if (action == 3'd1) $stop;
      if (action == 3'd2) assert (count == 16'hffff) else $error("the count was %0d", count);
      if (action == 3'd3) $fatal(1, "beyond repair at %0d", count);
      if (action == 3'd4) $finish;
      if (action == 3'd5) $display("count %0d", count);
    end
  end
endmodule
