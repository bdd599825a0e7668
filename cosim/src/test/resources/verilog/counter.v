// A counter with ports of every storage size, and a register without a reset.
module counter (
  input              clk,
  input              reset,
  input              enable,
  input      [99:0]  wide_in,
  input      [63:0]  long_in,
  output reg [31:0]  count,
  output     [32:0]  sum,
  output reg [99:0]  wide_out,
  output reg [63:0]  long_out,
  output     [15:0]  never__set
);
  reg [15:0] unset;
  assign never__set = unset;
  assign sum = {1'b0, count} + {31'b0, enable, enable};
  always @(posedge clk) begin
    if (reset) count <= 32'd0;
    else if (enable) count <= count + 32'd1;
    wide_out <= ~wide_in;
    long_out <= long_in + 64'd1;
    if (count == 32'hffffffff) unset <= 16'd0;
  end
endmodule
