// 256 words without a reset, written by bytes.
module word_ram (
  input             clk,
  input      [3:0]  write,
  input      [7:0]  write_index,
  input      [31:0] write_data,
  input      [7:0]  read_index,
  output     [31:0] read_data
);
  reg [31:0] mem [0:255];
  // the same words once more, in other element sizes
  reg [7:0]  low [0:255];
  reg [47:0] twice [0:255];
  reg [95:0] thrice [0:255];
  assign read_data = mem[read_index];
  integer i;
  always @(posedge clk) begin
    for (i = 0; i < 4; i = i + 1) if (write[i]) mem[write_index][8 * i +: 8] <= write_data[8 * i +: 8];
    if (write[0]) low[write_index] <= write_data[7:0];
    if (write == 4'hf) begin
      twice[write_index] <= {write_data[15:0], write_data};
      thrice[write_index] <= {~write_data, 32'd7, write_data};
    end
  end
endmodule
